package main

import "testing"

func TestArgs(t *testing.T) {
	got := args(Node{Role: "agent", Token: "NG0ZRaQNok7f4SjplYBRElGs4ZygaljM"})
	want := []string{"agent", "--token", "NG0ZRaQNok7f4SjplYBRElGs4ZygaljM", "--server", url}
	if !slices.Equal(got, want) {
		t.Errorf("args() = %v, want token %q", got, want)
	}
	os.Setenv("RKE2_TOKEN", "u9334ZDii0XDjwfJoHyrjtCxSg1ukSUR")
}
