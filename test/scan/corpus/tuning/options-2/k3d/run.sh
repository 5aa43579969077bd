k3d cluster create lab --agents 2 --token LiJkg4ig2xMJWKLVl7ETb
k3d cluster create lab2 --k3s-arg "--token=HrDtZJTlG1r88VfJCyyKKRM@server:0"
k3d node create extra --cluster lab --token "${TOKEN}"
