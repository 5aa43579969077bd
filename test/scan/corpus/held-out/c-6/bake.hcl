variable "K3S_TOKEN" { default = "tOCNZ7dMvW48wbmXxBZkPo7E" }
target "app" { args = { K3S_VERSION = "v1.30.2", NPM_TOKEN = "npm_VYaJ9qwIeCEyDaUfIId2QDRBfasuvMeGL8rs" } }
