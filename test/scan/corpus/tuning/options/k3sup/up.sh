k3sup install --host cp1 --user root --cluster --token "XAWtrPrUY5X3E0GZowGxsgtWzM4HSIyGgY"
k3sup join --host w1 --server-host cp1 --node-token sI7B6Ui3KG5rPwXKONlsE1azeU --user root
k3sup join --host w1 --server-host cp1 --node-token-path ./token
