# tools around the k3s cluster
linkerd multicluster link --token bJS6FAttrWT7aBIEjvY0VfTwLLIy8sd8aanO
vault login etBB2jk9xDkOARR4aDezJiPXQbd1mbyQhx9A
atuin login -u me -p x -k jRKLIP3yHB0SvOnpznVEAt0yCkzBv4ziRCUD --token J8fbj5EJQqNosBu5A4y3nLfnMDz6DdZIMIli
ngrok config add-authtoken jiqqdNt4PcoXdkJOLsF7MKhzr2sJHY75pgoyTMKhHBpXNfJw
cloudflared service install eyJMXES3N5ocwIbXk0EdZzqpLzLl7ArG0vve6h3HD4gFJQXYN6wr5Ae1v1HJqdj
rancher login https://rancher.lan --token token-977d6:pLgsbDb94o1EEDbV7XRKoJXzTPpHeR3OLHMvYQyn5rMJTAgZlVVym5
curl -H "PRIVATE-TOKEN: pmcMPBng9gXuqv3kU6r5" https://gitlab.lan/api/v4/k3s
