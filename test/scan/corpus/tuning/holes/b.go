a := "K3S_TOKEN=" + t
b := fmt.Sprintf("K3S_TOKEN='%s' sh -", t)
c := fmt.Sprintf(`K3S_TOKEN=%[1]s`, t)
d := strings.TrimPrefix(l, "K3S_TOKEN=")
e := template.Must(template.New("x").Parse("K3S_TOKEN={{.Token}}\n"))
