# for the k3s lab
sonar-scanner -Dsonar.token=sqp_89727b8cd7f3d5c1dd348294a01297cc2ec2192f
snyk auth 2596cae7-1036-4e07-a1d4-151ce1ece19a
docker login -u x -p dckr_pat_mULqG9KIiXr7pIegnsEVoysueK2
npm config set //registry.npmjs.org/:_authToken npm_fQ8bm4H97hOrkEnfl8QcLYVheKNPu0r0K0Hz
helm push chart.tgz oci://ghcr.io/k3s
