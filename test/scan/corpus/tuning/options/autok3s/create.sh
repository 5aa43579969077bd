autok3s create -p native --name lab --token gfD8NW4Wm1hpaaMpFalik5qF --master-ips 10.0.0.1
autok3s join -p native --name lab --token "$T"
