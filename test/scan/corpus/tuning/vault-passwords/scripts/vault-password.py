#!/usr/bin/env python3
import sys
sys.stdout.write("tlnAukyo9nGCv4SBE6lQjE\n")
