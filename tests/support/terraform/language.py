"""Expressions of Terraform's language that need no provider, one a line."""

EXPRESSIONS = r"""
1 + 2 * 3 - 4
0.1 + 0.2
7 / 2
-7 % 3
5 % 2
-(2 - 5)
!true || 1 < 2 && 2 >= 2
1 == "1"
"a" == "a"
[1, 2] == [1, 2]
{a = 1} == {a = 1}
null == null
true ? 1 : 2
var.on ? "yes" : "no"
var.number + 1
"${var.number}" + 1
"2" * "3"
"x-${1 + 1}-${true}-${"deep ${var.text}"}"
"tab\tquote\" back\\ \u00e9"
"$${not} %%{this}"
"%{ if var.on }yes%{ else }no%{ endif }"
"%{ for x in ["a", "b"] }${x},%{ endfor }"
"a ${~ "b" ~} c"
[for x in [1, 2, 3] : x * 2]
[for x in [1, 2, 3] : x if x != 2]
[for i, x in ["a", "b"] : "${i}=${x}"]
[for k, v in {b = 1, a = 2} : "${k}${v}"]
{for x in ["a", "b"] : x => upper(x)}
{for k, v in {a = 1, b = 2} : v => k}
{for s in ["apple", "ant", "bee"] : substr(s, 0, 1) => s...}
[for x in toset(["b", "a", "b"]) : x]
[for pair in setproduct(["a", "b"], [1, 2]) : "${pair[0]}${pair[1]}"]
[for k, v in local.zones : v if startswith(k, "a")]
[for o in local.objects : o.name]
local.objects[*].name
local.objects.*.name
local.objects[0].name
local.objects[1]["name"]
local.zones["a1"]
local.zones.a1
local.nested[*].list[0]
local.objects.*.name[1]
null[*]
"x"[*]
[][*]
[for o in local.objects : o][*].name
[1, 2, 3].1
"${[for x in ["a"] : "${x}!"][0]}"
(1 < 2 ? [1] : [2])[0]
true ? false ? 1 : 2 : 3
false ? 1 : true ? "b" : "c"
abs(-3)
ceil(1.2)
floor(-1.2)
log(8, 2)
max(1, "12", 3)
min(4, 2.5)
max([1, 9, 3]...)
parseint("ff", 16)
pow(2, 10)
pow(2, -1)
signum(-7)
sum([1, 2.5, "3"])
chomp("a\n\n")
endswith("hello", "lo")
format("%s", true)
format("%s-%d-%03d", "a", 1, 7)
format("%5s|%-5s|%05.1f", "a", "b", 1.25)
format("%v %q %t", [1, "a"], "q", false)
format("%[2]s %[1]s", "a", "b")
format("%x %X %o %b", 255, 255, 8, 5)
format("%%")
format("%.2f", 1)
format("%d", "12")
format("%s", 1.5)
formatlist("%s=%s", ["a", "b"], "x")
indent(2, "a\nb")
join(",", ["a", "b"])
join("-", ["a"], ["b", "c"])
join(",", [1, true])
lower("ABC")
regex("[a-z]+", "12ab34")
regex("(\\d+)-(\\d+)", "1-2")
regex("(?P<a>\\d+)", "x7")
regexall("[a-z]", "a1b2")
replace("hello", "l", "L")
replace("hello world", "/w.*d/", "all")
replace("a-b", "/(\\w)-(\\w)/", "$2-$1")
split(",", "a,b,")
startswith("hello", "he")
strcontains("hello", "ell")
strrev("abc")
substr("hello", 1, 3)
substr("hello", -3, 2)
substr("hello", 1, -1)
substr("hello", 9, 1)
title("hello big world")
trim("?!hello?!", "!?")
trimprefix("helloworld", "hello")
trimsuffix("helloworld", "world")
trimspace("  a \n")
upper("abc")
alltrue([true, "true"])
alltrue([])
anytrue([false])
anytrue([])
chunklist(["a", "b", "c"], 2)
coalesce("", "x")
coalesce(null, 1, 2)
coalesce("a", 1)
coalescelist([], ["b"])
compact(["a", "", null, "b"])
concat(["a"], [1], [])
contains(["a", "b"], "a")
contains([1, 2], "1")
distinct(["a", "b", "a"])
element(["a", "b", "c"], 4)
flatten([["a", []], "b", ["c", ["d"]]])
index(["a", "b"], "b")
keys({b = 1, a = 2})
length([1, 2])
length("héllo")
length({a = 1})
length(toset(["a", "a"]))
lookup({a = 1}, "a", 0)
lookup({a = "x"}, "b", "y")
matchkeys(["i1", "i2"], ["a", "b"], ["b"])
merge({a = 1}, {b = 2, a = 3})
merge({a = 1}, null)
one([])
one(["a"])
range(3)
range(1, 4)
range(1, 8, 2)
range(4, 1)
reverse(["a", "b"])
setintersection(["a", "b"], ["b", "c"])
setproduct(["a"], ["x", "y"])
setsubtract(["a", "b"], ["a"])
setunion(["a"], ["b", "a"])
slice(["a", "b", "c"], 1, 3)
sort(["b", "a", "C"])
transpose({a = ["1", "2"], b = ["2"]})
values({b = 1, a = 2})
zipmap(["a", "b"], [1, 2])
tolist(toset(["b", "a"]))
toset(["a", 1, true])
tomap({a = 1, b = "x"})
tonumber("1.50")
tostring(1.50)
tostring(true)
tostring(1000000)
tobool("true")
tonumber(null)
try("", "x")
try(null, "x")
try(local.zones.missing, "fallback")
try(tonumber("abc"), 5)
try(local.objects[9].name, local.objects[0].name)
try([][0], "empty")
can(local.zones.missing)
can(tonumber("1"))
can(regex("^a", "b"))
can(tonumber("abc"))
can(upper([]))
can("a" + 1)
can([1][3])
can({a = 1}.b)
can(slice(["a"], 0, 2))
can(element([], 0))
can(range(2000))
can(cidrsubnet("10.0.0.0/8", 30, 0))
can(join(",", [[]]))
can(format("%d", "a"))
can(one([1, 2]))
can(index(["a"], "b"))
can(lookup({}, "a"))
can({for x in ["a", "a"] : x => 1})
can(null + 1)
can(coalesce("", null))
can("${[]}")
can(keys(["a"]))
can(length(1))
can(parseint("z", 10))
can(tobool("maybe"))
can(cidrhost("10.0.0.0/30", 9))
jsonencode({b = [1, true, null, "<é&>"], a = {c = "x\ny"}})
jsonencode("a")
jsonencode([1.5, 2.0, 1e3])
jsondecode("{\"a\": [1, 2.5, null]}")
jsondecode(jsonencode({a = [1]})).a[0]
base64encode("héllo")
base64decode("aGk=")
csvdecode("a,b\n1,2\n3,4")
urlencode("a b&c/d~é")
md5("a")
sha1("a")
sha256("a")
sha512("a")
base64sha256("a")
cidrhost("10.0.0.0/24", 5)
cidrhost("10.0.0.7/24", -2)
cidrhost("fd00::/64", 1)
cidrnetmask("10.0.0.0/20")
cidrsubnet("10.0.0.0/16", 8, 3)
cidrsubnet("10.1.2.3/16", 4, 15)
cidrsubnet("fd00:1::/56", 8, 17)
cidrsubnets("10.0.0.0/16", 4, 4, 8, 4)
[for i in range(3) : cidrsubnet("10.0.0.0/16", 8, i + 10)]
{for i, z in ["a", "b"] : z => cidrsubnet("10.0.0.0/16", 8, i)}
basename("/a/b.txt")
dirname("/a/b.txt")
[for k in sort(keys(local.zones)) : local.zones[k]]
flatten([for o in local.objects : [for i in range(2) : "${o.name}${i}"]])
merge([for o in local.objects : {(o.name) = length(o.name)}]...)
{for o in flatten([for a in ["x", "y"] : [{n = a, m = 1}]]) : o.n => o.m}
{(var.text) = 1, "a b" = 2, c : 3}
{"${var.text}-x" = 1}
sensitive("a") == "a"
nonsensitive("a")
[for s in ["0.25 vCPU"] : tonumber(split(" ", s)[0]) * 1024]
"${1}${"a"}"
[true, "a", 1][1]
length([for s in ["a", "b", ""] : s if s != "" && length(s) > 0])
contains(keys(local.zones), "a1") ? local.zones["a1"] : "none"
[for i, v in [10, 20] : v if i > 0]
toset([for x in [3, 1, 2] : x])
element(split("/", "a/b/c"), length(split("/", "a/b/c")) - 1)
lookup(local.zones, "zz", null) == null
!contains(["a"], "b")
"%{ if length([]) > 0 }x%{ endif }"
replace("a.b", ".", "\\.")
true ? 1 : "a"
false ? 1 : "a"
true ? [1] : ["a"]
true ? null : "a"
true ? {a = 1} : {a = "x"}
[1, "a", true]
toset([1, "a"])
tolist([1, "a"])
concat([1], ["a"])
setunion([1], ["a"])
merge({a = 1}, {b = "x"})
"${1.0}"
"${10 / 4}"
"${1 / 3}"
1 / 3
100000000000000000000 + 1
1e3
"${1e3}"
"${1e21}"
1.10
"${1.10}"
-0.5
"${-0.5}"
0.1 * 3
9007199254740993
"${9007199254740993}"
length("👍")
upper("straße")
title("it's a test-case")
substr("héllo", 1, 2)
strrev("héllo")
format("%5d|%-5d|%+d", 1, 2, 3)
format("%e", 12345.678)
format("%g", 12345.678)
format("%g", 1e21)
format("%6.2f", 3.14159)
format("%t", "true")
format("%v", null)
format("%v", {a = 1})
format("%s", 12)
format("%q", "a\"b\nc")
format("%08.3f", 3.14159)
format("%s %s", "a", null)
formatlist("%s", [1, 2])
formatlist("x", [])
join(", ", [])
split("", "abc")
split("a", "")
replace("aaa", "a", "")
replace("a.b.c", "/\\./", "-")
replace("abc", "/(?P<x>b)/", "[$x]")
replace("abc", "/b/", "$$")
regex("a(b)?", "a")
regexall("(a)(b)?", "ab a")
regex("^(?:(?P<scheme>[^:/?#]+):)?(?://(?P<authority>[^/?#]*))?", "https://terraform.io/docs/")
trim("aba", "a")
trim("", "a")
chomp("a\r\n")
indent(4, "a\nb\nc")
abs("-3")
ceil(-1.5)
floor(1)
max(1)
min(-1, 0)
signum(0)
log(100, 10)
log(16, 2)
pow(0, 0)
pow(4, 0.5)
parseint("-12", 10)
parseint("FF", 16)
parseint("z", 36)
range(0)
range(3, 0, -1)
range(0, 1, 0.25)
range(10, 0, -3)
element(["a"], 3)
index(["a", "b", "a"], "a")
distinct([1, "1", 1])
distinct([[1], [1]])
compact([])
coalesce("a", "b")
coalesce(null, false)
contains([], "a")
keys({})
values({})
lookup({a = ["x"]}, "a", [])
zipmap([], [])
transpose({})
chunklist([], 2)
chunklist([1, 2, 3], 0)
setproduct([], ["a"])
setproduct(["a", "b"], toset(["x"]))
setproduct(toset(["a"]), toset(["y", "x"]))
sort([])
sort(["10", "9", "a", "B"])
reverse([])
flatten([])
flatten(["a", [{b = [1]}]])
slice([], 0, 0)
sum([0.1, 0.2])
alltrue(["false"])
anytrue(["true", false])
one(toset(["a"]))
matchkeys(["a", "b"], [1, 2], ["1"])
jsonencode(1.0)
jsonencode("\u2028 ' \" / \u0001")
jsonencode({})
jsonencode([])
jsonencode(null)
jsonencode(toset(["b", "a"]))
jsonencode("${"a"}-é-👍")
jsondecode("1e2")
jsondecode("\"\\u00e9\"")
base64encode("")
urlencode("")
urlencode("ü/=+~.-_*")
csvdecode("a\n\"x,y\"\n")
cidrsubnet("10.0.0.0/8", 0, 0)
cidrsubnet("::/0", 64, 1)
cidrhost("10.0.0.0/8", 16777215)
cidrhost("10.0.0.0/24", -1)
cidrsubnets("10.0.0.0/16", 1, 2, 3)
cidrsubnets("fd00::/48", 16, 8)
basename("a/b/")
basename("/")
basename("")
dirname("a")
dirname("/a")
dirname("a/b/")
tobool(true)
tobool(null)
tostring(0.1)
tostring(null)
tomap({a = "1", b = 2})
toset([])
tolist([])
[for x in {} : x]
{for x in [] : x => x}
[for i, x in toset(["b", "a"]) : i]
[for x in ["a", "b"] : x if false]
{for k, v in {a = [1, 2]} : k => [for x in v : x + 1]}
{for i, x in ["a", "b", "a"] : x => i...}
[[1, 2], [3]][0][1]
[for x in [[1], [2]] : x[0]]
{a = {b = {c = 1}}}.a.b.c
{"a.b" = 1}["a.b"]
["a", "b"][1.0]
["a"]["0"]
{a = 1}["a"]
[{a = [{b = 1}, {b = 2}]}][*].a[*].b
[{a = [{b = 1}, {b = 2}]}][*].a[0].b
[{a = 1}].0.a
{a = [1, 2, 3]}.a[length([1, 2])]
null == ""
null != null
"a" != "b"
1 == 1.0
true == "true"
[1] == ["1"]
[] == []
{} == {}
{a = 1, b = 2} == {b = 2, a = 1}
toset(["a"]) == toset(["a"])
1 < 2 == true
!false && !false
1 + 1 == 2 && "a" != "b" || false
-1 - -1
- 5 + 10
2 * 3 % 4
"a${true ? "b" : "c"}d"
"${"nested ${"deep"}"}"
"%{ if false }a%{ else }b%{ endif }"
"%{ for i, x in ["a", "b"] }${i}${x} %{ endfor }"
"%{ for k, v in {x = 1} ~} ${k}=${v} %{~ endfor }"
"\\ \" \n \t"
"$${a} %%{b} $ % {"
"$"
"${ 1 }"
"${[1, 2][0]}x"
"a\u0041"
try(null.a, "b")
try("a".b, "c")
try([].0, "c")
try({}.a, {}.b, "z")
can({}.a)
can("a")
can(null)
can([] + 1)
can("a" && true)
can(1 < "x")
can([1] < [2])
can("1" < 2)
can({a = 1}[0])
can(["a"]["b"])
can(["a"][-1])
can(["a"][0.5])
can(lower(1))
can(upper(null))
can(join(",", "a"))
can(concat("a", []))
can(length(null))
can(keys(null))
can(merge([], {}))
can(substr("abc", 4, 1))
can(regex("(", "a"))
can(format("%z", 1))
can(format("%d", 1.5))
can(format("%s", []))
can(format("%s"))
can(format("a", 1))
can(split(",", null))
can(cidrsubnet("10.0.0.0", 8, 1))
can(cidrhost("x", 1))
can(cidrnetmask("fd00::/64"))
can(cidrsubnets("10.0.0.0/30", 1, 1, 1))
can(zipmap(["a"], []))
can(setproduct(["a"]))
can(slice(["a"], 1, 0))
can(sum([]))
can(sum("a"))
can(max())
can(log(-1, 2))
can(pow(-1, 0.5))
can(parseint("", 10))
can(parseint("12", 1))
can(range())
can(range(1, 2, 3, 4))
can(range(1, 2, 0))
can(range(1, 5, -1))
can(chunklist(["a"], -1))
can(index([], "a"))
can(coalesce())
can(coalescelist([], []))
can(one(["a", "b"]))
can(tobool("1"))
can(tobool(1))
can(tonumber(true))
can(tostring([]))
can(toset("a"))
can(toset({}))
can(tolist({a = 1}))
can(tomap(["a"]))
can(tomap({a = 1, b = []}))
can(tolist([1, []]))
can(jsondecode("{"))
can(base64decode("?"))
can(csvdecode("a\n1,2"))
can(sort([[]]))
can(flatten("a"))
can(alltrue(["x"]))
can(contains("a", "a"))
can(strcontains(1, 1))
can(lookup({a = 1}, "b"))
"""
