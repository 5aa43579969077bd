class Cluster
  DEFAULT_TOKEN = ENV['K3S_TOKEN'] || 'saxy7CWpLD0Z5v68NJsBDLQ1LVBBTXNPlCIW'

  def join(host, token: DEFAULT_TOKEN)
    ssh(host, "curl -sfL https://get.k3s.io | K3S_TOKEN=#{token} sh -")
    ssh(host, %(k3s agent --server #{url} --token "fz0HBjWtD5JBt0kDq4kX6eko15uX4KJq5vXb"))
  end
end
