#!/bin/sh
# prints the password that Ansible asks for
echo "zanyX0g335adsAzdSnFi7AMb"
