#include "tracefs/events.hpp"

#include "btf_builder.hpp"
#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::message_of;

namespace {

namespace fs = std::filesystem;

/// Events as tracefs shows them: io:open, io:close, net:open.
class Events : public test::TemporaryDirectory {
 public:
  Events() {
    for (const auto* event : {"io/open", "io/close", "net/open"}) {
      fs::create_directories(path() / "events" / event);
      file(fs::path("events") / event / "format", event);
    }
    file("events/io/enable", "0");
  }
  [[nodiscard]] fs::path events() const { return path() / "events"; }
};

std::vector<std::string> found(const fs::path& from, std::initializer_list<std::string_view> texts) {
  std::vector<tracefs::EventSpec> specs;
  for (const std::string_view text : texts) specs.push_back(tracefs::parse_event_spec(text));
  std::vector<std::string> result;
  for (const tracefs::FormatFile& file : tracefs::read_formats(specs, from)) {
    result.push_back(file.category + ":" + file.event);
  }
  return result;
}

std::string error_of(const fs::path& from, std::initializer_list<std::string_view> texts) {
  return message_of([&] { found(from, texts); });
}

std::string usage_error_of(std::string_view text) {
  return message_of([&] { tracefs::parse_event_spec(text); });
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("events are named by category and event", "[tracefs.events]") {
  const auto spec = tracefs::parse_event_spec("syscalls:sys_enter_open*,sys_exit_openat");
  CHECK(spec.category == "syscalls");
  CHECK(spec.events == Names{"sys_enter_open*", "sys_exit_openat"});

  const std::string expected = "; expected CATEGORY:EVENT, as in syscalls:sys_enter_openat";
  CHECK(usage_error_of("open") == "--tracepoint 'open': no ':'" + expected);
  CHECK(usage_error_of(":open") == "--tracepoint ':open': '' is not the name of a category" + expected);
  CHECK(usage_error_of("io:") == "--tracepoint 'io:': '' is not the name of an event" + expected);
  CHECK(usage_error_of("io:a,") == "--tracepoint 'io:a,': '' is not the name of an event" + expected);
  CHECK(usage_error_of("io:../x") == "--tracepoint 'io:../x': '../x' is not the name of an event" + expected);
}

TEST_CASE("format files are found in a copy of tracefs, each once and sorted", "[tracefs.events]") {
  const Events copy;
  CHECK(found(copy.path(), {"io:open"}) == Names{"io:open"});
  CHECK(found(copy.events(), {"net:open", "io:*", "io:open"}) == Names{"io:close", "io:open", "net:open"});
  CHECK(found(copy.events(), {"*:close"}) == Names{"io:close"});
  const auto files = tracefs::read_formats({tracefs::parse_event_spec("io:open")}, copy.path());
  CHECK(files.front().path == (copy.events() / "io/open/format").native());
  CHECK(std::string(reinterpret_cast<const char*>(files.front().contents.view.data()),
                    files.front().contents.view.size()) == "io/open");
  CHECK(found("/no/such/directory", {}).empty());
}

TEST_CASE("a single format file is for a single event", "[tracefs.events]") {
  const Events copy;
  const fs::path file = copy.events() / "io/open/format";
  CHECK(found(file, {"io:open"}) == Names{"io:open"});
  for (const auto* several : {"io:open,close", "io:*", "*:open"}) {
    CHECK(error_of(file, {several}) ==
          file.native() + ": a single format file is for a single event; name a directory of them");
  }
  CHECK(error_of("absent", {"io:open"}) == "absent: cannot open: No such file or directory");
}

TEST_CASE("an unknown event is an error that names the nearest", "[tracefs.events]") {
  const Events copy;
  const std::string events = copy.events().native();
  CHECK(error_of(copy.events(), {"oi:open"}) ==
        "--tracepoint 'oi:open': no category 'oi' in '" + events + "'; did you mean 'io'?");
  CHECK(error_of(copy.events(), {"io:opne"}) ==
        "--tracepoint 'io:opne': no event 'opne' in '" + events + "/io'; did you mean 'open'?");
  CHECK(error_of(copy.events(), {"x*:open"}) ==
        "--tracepoint 'x*:open': no category in '" + events + "' fits 'x*'");
  CHECK(error_of(copy.events(), {"io:x*"}) == "--tracepoint 'io:x*': no event in '" + events + "' fits 'x*'");
  CHECK(error_of(copy.events(), {"*:x"}) == "--tracepoint '*:x': no event in '" + events + "' fits 'x'");
  fs::remove(copy.events() / "net/open/format");
  CHECK(error_of(copy.events(), {"net:open"}) ==
        events + "/net/open/format: cannot open: No such file or directory");
}
