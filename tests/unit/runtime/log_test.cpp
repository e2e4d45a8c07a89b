#include <bpfbuild/log.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "../catch.hpp"
#include "log_format.hpp"
#include "log_sites.hpp"
#include "printable.hpp"

using namespace std::string_literals;

using bpfbuild::format_log_record;
using bpfbuild::json_escaped;
using bpfbuild::log_filter;
using bpfbuild::log_level;
using bpfbuild::log_record;
using bpfbuild::printable;

namespace {

/// A record as BPF programs make it.
class Record {
 public:
  Record& value(std::uint64_t value) {
    slots_.push_back(value);
    return *this;
  }
  /// `offset` counts from the end of the slots, of which there are `slots` in the end.
  Record& bytes(const std::string& bytes, std::size_t slots) {
    slots_.push_back((16 + 8 * slots + data_.size()) << 32 | bytes.size());
    data_ += bytes;
    return *this;
  }
  [[nodiscard]] std::string str() const {
    std::string text(16, '\0');
    text.append(reinterpret_cast<const char*>(slots_.data()), slots_.size() * 8);
    return text + data_;
  }

 private:
  std::vector<std::uint64_t> slots_;
  std::string data_;
};

std::string site_text(std::string text) {
  text.resize(text.size() / 8 * 8 + 8, '\0');
  return text;
}

/// What a sink writes for a record.
template <typename Sink>
std::string written(Sink make_sink, const log_record& record) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* const file = open_memstream(&text, &size);
  make_sink(file)(record);
  std::fclose(file);
  const std::string result(text, size);
  std::free(text);
  return result;
}

log_record example() {
  log_record record;
  record.level = log_level::warn;
  record.time = std::chrono::system_clock::time_point(std::chrono::microseconds(1700000000000042));
  record.object = "tracer";
  record.program = "trace_exec";
  record.file = "src/tracer.bpf.c";
  record.line = 17;
  record.text = "a \"quoted\" text";
  return record;
}

}  // namespace

TEST_CASE("formats are printk's", "[runtime.log]") {
  CHECK(format_log_record("%d|%u|%x|%hhd|%lld",
                          Record().value(-1).value(-1).value(255).value(255).value(-2).str()) ==
        "-1|4294967295|ff|-1|-2");
  CHECK(format_log_record("%5d|%-5d|%05d|%+d|%#x|% d",
                          Record().value(1).value(1).value(1).value(1).value(1).value(1).str()) ==
        "    1|1    |00001|+1|0x1| 1");
  CHECK(format_log_record("100%% of %c", Record().value('x').str()) == "100% of x");
  CHECK(format_log_record("%s|%6s|%-6s|%.2s",
                          Record().bytes("abc", 4).bytes("abc", 4).bytes("abc", 4).bytes("abc", 4).str()) ==
        "abc|   abc|abc   |ab");
  CHECK(format_log_record("%s", Record().bytes(std::string("ab\0cd", 5), 1).str()) == "ab");
  CHECK(format_log_record("%pI4 %pI6c",
                          Record().bytes("\x7f\0\0\1"s, 2).bytes(std::string(15, '\0') + "\1", 2).str()) ==
        "127.0.0.1 ::1");
  CHECK(format_log_record("%pM %pMR", Record().bytes("\1\2\3\4\5\6", 2).bytes("\1\2\3\4\5\6", 2).str()) ==
        "01:02:03:04:05:06 06:05:04:03:02:01");
  CHECK(format_log_record("%p", Record().value(0xffff888000000000).str()) == "0xffff888000000000");
  CHECK(format_log_record("%ps", Record().value(1).str()) == "0x1");
  CHECK(format_log_record("%pB", Record().value(~0ULL).str()) == "0xffffffffffffffff");
  CHECK(format_log_record("a line\n", Record().str()) == "a line");
}

TEST_CASE("a conversion that there is none of stays as it is", "[runtime.log]") {
  CHECK(format_log_record("%y and %d", Record().value(1).str()) == "%y and 1");
  CHECK(format_log_record("at the end %", Record().str()) == "at the end %");
  CHECK(format_log_record("%-05", Record().str()) == "%-05");
}

TEST_CASE("a record that lies about itself is told to be damaged", "[runtime.log]") {
  const std::uint64_t here = 24;
  CHECK(format_log_record("%d %d", Record().value(1).str()) == "1 (damaged)");
  CHECK(format_log_record("%s", Record().value(here << 32 | 1).str()) == "(damaged)");
  CHECK(format_log_record("%s", Record().value(here << 32 | 0x7fffffff).str()) == "(damaged)");
  CHECK(format_log_record("%s", Record().value(0xffffffffULL << 32 | 8).str()) == "(damaged)");
  CHECK(format_log_record("%s", Record().value(0).str()) == "(damaged)");
  CHECK(format_log_record("%s", Record().value(here << 32 | 0xfffffff2).str()) == "(fault)");
  CHECK(format_log_record("%pI4", Record().bytes("123", 1).str()) == "(damaged)");
  CHECK(format_log_record("%pI6", Record().bytes("123", 1).str()) == "(damaged)");
  CHECK(format_log_record("%d", std::string(3, 'x')) == "(damaged)");
  CHECK(format_log_record("%99999999d", Record().value(1).str()).size() == 1024);
  CHECK(format_log_record("%.99999999d", Record().value(1).str()).size() == 1024);
}

TEST_CASE("no byte of a text steers the terminal", "[runtime.log]") {
  CHECK(printable("plain, \u00fcml\u00e4ut, \u4e2d\u6587, \U0001f600") ==
        "plain, \u00fcml\u00e4ut, \u4e2d\u6587, \U0001f600");
  CHECK(printable("\033[31mred\a\r\n\t") == "\\x1b[31mred\\x07\\x0d\\x0a\\x09");
  CHECK(printable("\x7f\xc2\x9b"
                  "2J") == "\\x7f\\xc2\\x9b2J");  // CSI as one character of Unicode
  CHECK(printable("\u202eabc\u2066") == "\\xe2\\x80\\xaeabc\\xe2\\x81\\xa6");
  // Bytes that are not UTF-8: alone, cut off, overlong, surrogates, beyond Unicode.
  CHECK(printable("\x9b"
                  "2J") == "\\x9b2J");
  CHECK(printable("\xe4\xb8") == "\\xe4\\xb8");
  CHECK(printable("\xc0\x80") == "\\xc0\\x80");
  CHECK(printable("\xe0\x80\x80") == "\\xe0\\x80\\x80");
  CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");
  CHECK(printable("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
}

TEST_CASE("JSON strings are JSON", "[runtime.log]") {
  CHECK(json_escaped("a \"b\" \\ \n\033 \u00fc") == "a \\\"b\\\" \\\\ \\u000a\\u001b \u00fc");
  CHECK(json_escaped("\xff|\xe4\xb8") == "\\ufffd|\\ufffd\\ufffd");
}

TEST_CASE("sites are read out of their section", "[runtime.log]") {
  const std::string first = site_text(
      "\1"
      "3\1a.bpf.c\1"
      "12\1"
      "first %d");
  const std::string second = site_text(
      "\1"
      "5\1b.bpf.c\1"
      "7\1"
      "1234567");
  const auto sites = bpfbuild::read_log_sites(first + second, nullptr);
  REQUIRE(sites.size() == 2);
  const bpfbuild::LogSite& site = sites.at(bpfbuild::log_site_id(first));
  CHECK(site.level == 3);
  CHECK(site.file == "a.bpf.c");
  CHECK(site.line == 12);
  CHECK(site.format == "first %d");
  CHECK(sites.at(bpfbuild::log_site_id(second)).level == 5);
  CHECK(bpfbuild::log_site_id(first) != bpfbuild::log_site_id(second));
}

TEST_CASE("what is no site is passed over", "[runtime.log]") {
  for (const std::string& text : {std::string(), std::string("\1"), std::string("no site"),
                                  std::string("\1"
                                              "3\1no end"),
                                  site_text("\1"
                                            "9\1level.c\1"
                                            "1\1x"),
                                  site_text("\1"
                                            "x\1level.c\1"
                                            "1\1x"),
                                  site_text("\1"
                                            "3\1line.c\1"
                                            "1x\1x"),
                                  site_text("\1"
                                            "3\1"
                                            "99999999999999\1x"),
                                  site_text("\1"),
                                  std::string("\1"
                                              "3\1a.c\1"
                                              "1\1cut off\0",
                                              16)}) {
    CHECK(bpfbuild::read_log_sites(text, nullptr).empty());
  }
}

TEST_CASE("a filter is a level, and levels of parts", "[runtime.log]") {
  log_record record = example();
  const auto shows = [&](std::string_view filter, log_level level) {
    record.level = level;
    return log_filter(filter).shows(record);
  };
  CHECK(log_filter().shows(record));
  CHECK(shows("info", log_level::info));
  CHECK_FALSE(shows("info", log_level::debug));
  CHECK_FALSE(shows("off", log_level::error));
  CHECK(shows("DEBUG", log_level::debug));
  CHECK_FALSE(shows("Warning", log_level::info));
  CHECK(shows("error,tracer=debug", log_level::debug));
  CHECK(shows("error, trace_exec = debug", log_level::debug));
  CHECK(shows("error,tracer.bpf.c=trace", log_level::trace));
  CHECK(shows("error,src/tracer.bpf.c=trace", log_level::trace));
  CHECK_FALSE(shows("error,other=debug", log_level::debug));
  CHECK_FALSE(shows("trace,tracer=warn", log_level::info));
  CHECK(shows("tracer=off,trace_exec=info", log_level::info));  // the last that fits
  CHECK(shows("other=debug", log_level::info));                 // what is not named: information
  CHECK(log_filter("warn,tracer=debug").highest() == log_level::debug);
  CHECK_THROWS_WITH(log_filter("verbose"),
                    "'verbose': unknown level; expected off, error, warn, info, debug or trace");
  CHECK_THROWS_WITH(log_filter("info,x=loud"),
                    "'loud': unknown level; expected off, error, warn, info, debug or trace");
}

TEST_CASE("BPF_LOG is the filter of the environment", "[runtime.log]") {
  setenv("BPF_LOG", "warn", 1);
  CHECK(log_filter::from_environment().highest() == log_level::warn);
  setenv("BPF_LOG", "what", 1);
  CHECK_THROWS_WITH(log_filter::from_environment(),
                    bpfbuild::test::contains("BPF_LOG: 'what': unknown level"));
  setenv("BPF_LOG", "", 1);
  CHECK(log_filter::from_environment().highest() == log_level::trace);
  unsetenv("BPF_LOG");
  CHECK(log_filter::from_environment(log_level::error).highest() == log_level::error);
}

TEST_CASE("the terminal gets a line, and no colours where it is a file", "[runtime.log]") {
  log_record record = example();
  record.text = "\033[31m";
  const std::string line = written(bpfbuild::terminal_sink, record);
  CHECK_THAT(line, Catch::Matchers::EndsWith("warn  trace_exec tracer.bpf.c:17: \\x1b[31m\n"));
  CHECK(line.find('\033') == std::string::npos);
}

TEST_CASE("the terminal's line has colours where these are asked for", "[runtime.log]") {
  setenv("CLICOLOR_FORCE", "1", 1);
  const std::string line = written(bpfbuild::terminal_sink, example());
  unsetenv("CLICOLOR_FORCE");
  CHECK_THAT(line, bpfbuild::test::contains(" \033[33mwarn\033[0m  trace_exec \033[2mtracer.bpf.c:17\033[0m: "));
}

TEST_CASE("a program whose log is its output prints the messages alone", "[runtime.log]") {
  log_record record = example();
  CHECK(written(bpfbuild::message_sink, record) == "a \"quoted\" text\n");
  record.text = "\033[31m\n";
  CHECK(written(bpfbuild::message_sink, record) == "\\x1b[31m\\x0a\n");
}

TEST_CASE("JSON lines have what there is to tell", "[runtime.log]") {
  log_record record = example();
  CHECK(written(bpfbuild::json_sink, record) ==
        R"({"time":"2023-11-14T22:13:20.000042Z","level":"warn","object":"tracer","program":"trace_exec",)"
        R"("file":"src/tracer.bpf.c","line":17,"message":"a \"quoted\" text"})"
        "\n");
  record = log_record();
  record.level = log_level::warn;
  record.lost = 3;
  record.text = "3 records lost";
  CHECK(written(bpfbuild::json_sink, record) ==
        R"({"time":"1970-01-01T00:00:00.000000Z","level":"warn","message":"3 records lost","lost":3})"
        "\n");
}
