variable "k3s_token" {
  description = "Shared secret of the cluster"
  type        = string
  default     = "hQOa94UzdJ3eDLk1yGTvej3UOOCaIsoA"
}
variable "proxmox_token" {
  default = "root@pam!tf=7769f60f-44a9-42b4-a780-c34a26ddf3b7"
}
