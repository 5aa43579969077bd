param k3sToken string = 'DgDNJ3beSBgnsrlTnZmXsjsqO'
var rke2Token = 'LP9qrokTsKmYJ0kehGzgcVTuInqB90YWz'
output k3sToken string = k3sToken
