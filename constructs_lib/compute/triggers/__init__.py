"""What invokes a function beside its load balancer: queues, schedules, rules, buckets and topics."""
