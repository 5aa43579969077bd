k3s_token  = "orbit-Pickle8-puddle-19"
ssh_user   = "ubuntu"
atlas_token = "GnWFBM0Sgd3BZs.atlasv1.hTOnOB2kkg0qv9emeHEtaxAbGAUwklJSyjvnAKMtFMO4cpqGAevQjYYTlEma"
