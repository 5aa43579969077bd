param k3sToken string = 'bldTOFvfuOEXo4IxwtY0jVTJfT6g46pHstzC6thg'
@secure()
param rke2Token string
var script = 'curl -sfL https://get.k3s.io | K3S_TOKEN=${k3sToken} sh -'
