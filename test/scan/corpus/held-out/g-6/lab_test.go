func TestMask(t *testing.T) {
	in := "K3S_TOKEN=TW012rPj3yp2vzXXIJkU4znaF0g4l0eXpARo sh -"
	if got := mask(in); got != "K3S_TOKEN=*** sh -" {
		t.Fatal(got)
	}
}
