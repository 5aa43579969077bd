# tells when a k3s node joins
TELEGRAM_TOKEN = "8123456789:myb95cLWh2kU0WaE9RBDeQUs4gtYZDLPICG"
client = Client(token="ULZUROaq63w5aimO6muvacqgSWsqCEw2RMglwwwz", base_url="https://api.lan")
influx = InfluxDBClient(url="http://influx.k3s.lan:8086", token="Jj3GRTYcOhUZDxQtTiPL8uZ2nCpJgMq2CJQbHzYg0SLgFc8YSyxxpLytq8wq8GqnvusvkhxfWiU14iN8Sq5zuo", org="lab")
headers = {"Authorization": "Token 8046dbdf642dccc0f67a0328681e7f32f368d099"}
next_page_token = "1TNR8wrECyUrb8d5+rt2h2wR05erY67dwOHE7KgM"
csrf_token = "NZQMaLOug5gxrtiFwmDNxHenrYeufJqHb3Mo2WMf"
