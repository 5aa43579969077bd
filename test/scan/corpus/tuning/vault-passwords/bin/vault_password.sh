#!/bin/bash
set -e
printf '%s\n' "TtOevrD3SYLg5ueAxpWO6b1M"
