$K3S_TOKEN = "G0hOGfAyDIVtRQzvqbc0R8n1eKZ"
$RKE2_TOKEN = $(pass rke2)
