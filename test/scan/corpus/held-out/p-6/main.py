import os
from fastapi import Header

K3S_TOKEN = os.environ["K3S_TOKEN"]

async def check(x_token: str = Header("rWt6XdePup5Di0q18C1SMkAVeINuhcJqq6KJ")):
    return x_token
