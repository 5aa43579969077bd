a = "K3S_TOKEN=%s" % t
b = "K3S_TOKEN={}".format(t)
c = f"K3S_TOKEN={t}"
d = "K3S_TOKEN=" + t
e = f'K3S_TOKEN="{t}" sh'
g = "token: {}\n".format(t)
h = ["K3S_TOKEN=" + t, "x"]
i = Template("K3S_TOKEN=$token").substitute(token=t)
j = "export K3S_TOKEN='%s'" % t
k = re.sub(r"K3S_TOKEN=\S+", "K3S_TOKEN=***", s)
l = re.compile("K3S_TOKEN=(.*)")
m = s.startswith("K3S_TOKEN=")
n = {"K3S_TOKEN": t, "K3S_URL": u}
