a = "K3S_TOKEN=#{t}"
b = "K3S_TOKEN=%s" % t
c = "K3S_TOKEN=" + t
