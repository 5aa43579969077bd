default['k3s']['version'] = 'v1.33.4+k3s1'
default['k3s']['token'] = 'eiGyVTKeYN8WRA26q1fzLyL8x1Yb'
default['rke2']['token'] = data_bag_item('rke2', 'token')['value']
default['github']['token'] = '5b547df8a180ba732a6661dafc6673baf089afad'
