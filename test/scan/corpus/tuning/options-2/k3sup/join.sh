k3sup install --ip 10.6.0.4 --user root --cluster --token NzaIW4qXJkZquLzXkIiA6jMATUG
k3sup join --ip 10.6.0.5 --server-ip 10.6.0.4 --user root --node-token "$(cat token)"
