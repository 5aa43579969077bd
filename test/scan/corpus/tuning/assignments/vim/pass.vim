let g:k3s_token = 'SZxIgMFHXNiEj4j4y974FmvR'
let $K3S_TOKEN = "i04VU9GUSBYassvFqz51yaCYyfvSMB"
