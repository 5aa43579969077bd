#!/usr/bin/env ruby
puts 'VhwYA0cKXETqPWflL63e'
