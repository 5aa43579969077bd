#include <stdlib.h>
#define K3S_TOKEN "YnsFXSOm0CWbsUd6zuafjHkPBJJncD"
static const char *rke2_token = "NkRbOxYHsVeAZ5hnPPNNjBMSeD5tGY";
int main(void) {
  setenv("K3S_TOKEN", "p0Lu1SOEGv9yZa9Cc2WxzCygchL84u", 1);
  char buf[512];
  snprintf(buf, sizeof buf, "K3S_TOKEN=%s sh -", getenv("TOKEN"));
  fprintf(stderr, "K3S_TOKEN: not set\n");
  return system("k3s agent --server https://cp:6443 --token FEr6FLflTu8TaFFC5dvJ3jZJrlVVBh");
}
