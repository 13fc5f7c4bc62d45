#!/bin/sh
# Whether AWS is still as this bundle says. It changes nothing, so it can run by a timer:
#   sh drift-check.sh                               # options go to terraform plan: -var-file=prod.tfvars
# Needs jq, terraform (or what TERRAFORM names, such as tofu), and its `init` done once in terraform/.
# Exit status: 0 as declared; 2 something differs, a line for each; 1 it could not be asked.
#
# It tells, by `terraform plan`, of everything that Terraform manages, and of what Terraform reads and does not
# manage: rules of security groups, routes of route tables and policies of roles that the bundle does not
# declare; and of resources in the state that are not of this bundle. What Terraform does not read it cannot
# tell: rules of listeners, permissions and URLs of functions, network ACLs, and what others put into subnets.
set -u
umask 077 # a plan may hold what nobody else should read
here=$(cd "$(dirname "$0")" && pwd) || exit 1
terraform=${TERRAFORM:-terraform}
for program in "$terraform" jq; do
  command -v "$program" > /dev/null || { echo "drift-check: $program is not installed" >&2; exit 1; }
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# without a lock: a check waits for nobody and holds up nobody; while somebody applies, it may tell of that
"$terraform" -chdir="$here/terraform" plan -input=false -lock=false -detailed-exitcode -out="$work/plan" "$@" \
  > "$work/said" 2>&1
status=$?
case $status in
  0 | 2) ;;
  *) cat "$work/said" >&2; exit 1 ;;
esac
"$terraform" -chdir="$here/terraform" show -json "$work/plan" > "$work/plan.json" || exit 1

jq -r --slurpfile bundle "$here/bundle.json" '
def modules: recurse(.child_modules[]?);
def set: . != null and . != "" and . != [] and . != false;
def first_of($names): . as $in | [$names[] | $in[.] | select(set)] | first;
def without_account: sub("^[0-9]+/"; "");

# a rule as [protocol, first port, last port, the other side]; all protocols have no ports
def rule($protocol; $from; $to; $other):
  if $protocol == "-1" then ["all", null, null, $other] else [$protocol, $from, $to, $other] end;
def declared_rule: rule(.ip_protocol; .from_port; .to_port;
  first_of(["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]) | without_account);
def read_rules($own): . as $in
  | ((.cidr_blocks // []) + (.ipv6_cidr_blocks // []) + (.prefix_list_ids // [])
     + ((.security_groups // []) | map(without_account)) + (if .self then [$own] else [] end))[]
  | rule($in.protocol; $in.from_port; $in.to_port; .);
def ports: if .[1] == null then "" elif .[1] == .[2] then " \(.[1])" else " \(.[1])-\(.[2])" end;

# a route as [destination, target]
def target: first_of(["gateway_id", "nat_gateway_id", "vpc_peering_connection_id", "transit_gateway_id",
  "network_interface_id", "vpc_endpoint_id", "egress_only_gateway_id", "carrier_gateway_id",
  "local_gateway_id", "core_network_arn"]);
def read_route: [first_of(["cidr_block", "ipv6_cidr_block", "destination_prefix_list_id"]), target];
def declared_route: [first_of(["destination_cidr_block", "destination_ipv6_cidr_block",
  "destination_prefix_list_id"]), target];

. as $plan
| [.prior_state.values.root_module // {} | modules | .resources[]? | select(.mode == "managed")] as $all
| ($bundle[0].resources) as $known
| ([.configuration.root_module.resources[]? | {key: .address, value: (.expressions // {})}] | from_entries)
  as $written
| def of($type): $all[] | select(.type == $type);
  def inline($argument): $written[.address | sub("\\[.*"; "")] // {} | has($argument);

  (.resource_changes[]? | select(.change.actions - ["no-op", "read"] != [])
    | "differs: \(.address) (\(.change.actions | join(", ")))"),
  (.output_changes // {} | to_entries[] | select(.value.actions != ["no-op"])
    | "differs: output \(.key)"),

  ($all[] | .address | select((sub("\\[.*"; "") | in($known)) | not)
    | "not of this bundle: \(.)"),

  (of("aws_security_group") | . as $group | .values.id as $id
    | ("ingress", "egress") as $direction
    | select(inline($direction) | not)
    | [of("aws_vpc_security_group_\($direction)_rule") | .values | select(.security_group_id == $id)
       | declared_rule] as $declared
    | $group.values[$direction][]? | read_rules($id) | . as $rule
    | select(any($declared[]; . == $rule) | not)
    | "not declared: \($group.address) lets \(if $direction == "ingress" then "in" else "out" end) "
      + "\(.[0])\(ports) \(if $direction == "ingress" then "from" else "to" end) \(.[3])"),

  (of("aws_route_table") | . as $table | select(inline("route") | not)
    | [of("aws_route") | .values | select(.route_table_id == $table.values.id) | declared_route] as $declared
    | $table.values.route[]? | read_route | . as $route
    | select(any($declared[]; . == $route) | not)
    | "not declared: \($table.address) leads \(.[0]) to \(.[1])"),

  (of("aws_iam_role") | . as $role
    | ([of("aws_iam_role_policy_attachment") | .values | select(.role == $role.values.name) | .policy_arn]
       + [of("aws_iam_role_policy") | .values | select(.role == $role.values.name) | .name]) as $declared
    | ($role.values.managed_policy_arns[]?, ($role.values.inline_policy[]? | .name)) | select(set)
    | . as $policy | select(any($declared[]; . == $policy) | not)
    | "not declared: \($role.address) has the policy \(.)"),

  ("looked at: "
    + ([("aws_security_group", "aws_route_table", "aws_iam_role") as $type
        | "\([of($type)] | length) \($type)"] | join(", "))
    + ", and the plan of \([$plan.resource_changes[]? | select(.mode == "managed")] | length) resources")
' "$work/plan.json" > "$work/found" || exit 1
cat "$work/found"
if grep -q -v '^looked at: ' "$work/found"; then exit 2; fi
exit "$status"
