#!/bin/bash
echo 'RWteKvkE2HqnWLW0sLt4'
