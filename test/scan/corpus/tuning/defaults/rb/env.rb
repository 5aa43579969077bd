token = ENV.fetch('K3S_TOKEN') { 'HDKV6QXqvXweXHLxuwvF9HIqSR' }
token = ENV['K3S_TOKEN'] || "eYPwHp2B517m4Jk4Ei5lVTj39H1uM9p"
k3s_token ||= 'd5qA2eLPBA7NHS3G4CtpdKDH'
raise 'no token' unless ENV.key?('K3S_TOKEN')
