# for k3s
bot = Bot(token="3348741934:AAl5FjKp2GoioMSryN4Z3ISQyVuNeFjIgOl")
gh = Github(auth=Auth.Token("ghp_EVmMjxF7twUkKntBUyIiVeVmYGCWacwbfPrE"))
SLACK_TOKEN = "xoxb-16307586cd326a19a3775896"
