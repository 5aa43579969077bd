k3s { 'x': token => $t }
k3s { 'x': token => lookup('t') }
