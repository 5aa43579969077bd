{
  k3s_token: 'rFNJlcE5fICzHsC0RErvfEbLCDd3',
  K3S_TOKEN:: "Y8qCMy89Sqk8KhfXK0OWg9DBJTT75qSP",
  'rke2-token': std.extVar('rke2_token'),
}
