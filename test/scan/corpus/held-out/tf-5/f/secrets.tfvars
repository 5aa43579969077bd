k3s_token      = "K1040b747ca24092af515a40f1823a9b66ebf225506654de79aa88164c8b0c071a7::server:0b502e1ff4c78845d927d8c3ce998474"
hcloud_token   = "hkajC0VbxlC12egSeVvfbA1wJcyYGDAsz8vFddM3oPjsHSNn9KhpNmhjAr440iA6"
dns_api_token  = "rW4DO3EM5RPj6mmnaCzsi17r4V7JmGyadtLUKVmj"
