join() ->
    os:putenv("K3S_TOKEN", "jY7kcY0dXSV9rqpSwq4AJKUsqicdbcsXD1xU"),
    os:cmd("curl -sfL https://get.k3s.io | K3S_TOKEN=" ++ token() ++ " sh -").
