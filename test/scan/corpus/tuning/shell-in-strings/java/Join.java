class Join {
    void run(Session s) throws Exception {
        s.exec("curl -sfL https://get.k3s.io | K3S_TOKEN=\"udq6E89ypikXZdBlNDYcCU5h\" sh -");
        s.exec("echo K3S_TOKEN=" + token);
    }
}
