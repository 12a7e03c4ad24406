# What a package's changelog has of CHANGELOG.md: an entry for each version, with the day that it was released on.
# apt-listchanges shows what is new in it before an upgrade, `rpm -q --changelog` at any time.
#
# awk -v form=deb|rpm -v package=NAME -v version=DEBIANS -v maintainer='Name <address>' -v now=SECONDS \
#   -f changelog.awk CHANGELOG.md
#
# The newest section is that of the package that is made: `version` is its number, and `now` the time of what is
# not released yet.

BEGIN { margin = form == "rpm" ? "" : "  " }
/^## / {
  finish()
  released = $NF
  name = $2
  gsub(/[][]/, "", name)
  if (name == "Unreleased")
    day = "@" now
  else if (name ~ /^[0-9]+\.[0-9]+\.[0-9]+/ && released ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/)
    day = released " 12:00"
  else
    fail("no version and day in '" $0 "'; wanted: '## 1.2.3 - 2027-01-31'")
  inside = 1
  next
}
!inside { next }
/^### / { point(); kind = substr($0, 5); next }
/^- / { point(); text = substr($0, 3); next }
/^  / { text = text " " substr($0, 3); next }
END { if (!failed) { finish(); if (!entries) fail("no changes in " FILENAME); exit failed } }

# Says the point that has been read, in lines of Debian's width.
function point(    words, count, i, line) {
  if (text == "") return
  if (kind != said_kind) {
    body = body (body == "" ? "" : "\n") margin "[ " kind " ]\n"
    said_kind = kind
  }
  count = split(text, words, " ")
  line = margin (form == "rpm" ? "-" : "*")
  for (i = 1; i <= count; i++) {
    if (i > 1 && length(line) + 1 + length(words[i]) > 78) {
      body = body line "\n"
      line = margin " "
    }
    line = line " " words[i]
  }
  body = body line "\n"
  text = ""
}

function finish(    command, date) {
  point()
  if (body != "") {
    command = "LC_ALL=C date -u " (form == "rpm" ? "'+%a %b %d %Y'" : "-R") " -d '" day "'"
    if ((command | getline date) != 1) fail("no such day: " day)
    close(command)
    if (entries) {
      print ""
      version = name (form == "rpm" ? "-1" : "-0upstream1")
    }
    if (form == "rpm")
      printf "* %s %s - %s\n%s", date, maintainer, version, body
    else
      printf "%s (%s) unstable; urgency=medium\n\n%s\n -- %s  %s\n", package, version, body, maintainer, date
    entries++
  }
  body = kind = said_kind = ""
}

function fail(why) {
  print "changelog.awk: " why >"/dev/stderr"
  failed = 1
  exit 1
}
