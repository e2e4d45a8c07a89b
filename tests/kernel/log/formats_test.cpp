// What the programs of formats.bpf.c log, as user space gets it.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <bpfbuild/log.hpp>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "../../unit/catch.hpp"
#include "log_formats.skel.h"
#include "log_formats_whole.skel.h"

namespace {

using bpfbuild::log_level;
using bpfbuild::log_reader;
using bpfbuild::log_record;

struct Told {
  log_level level;
  std::string object, program, file, text;
  unsigned line;
};

/// A skeleton that is loaded, and what it has logged.
template <typename Skeleton>
class Logging {
 public:
  explicit Logging(log_level level = log_level::trace) : skeleton(Skeleton::open(), Skeleton::destroy) {
    REQUIRE(skeleton);
    REQUIRE(bpfbuild::set_log_level(skeleton->obj, level));
    skeleton->rodata->function_address = address_of("bpf_prog_run_generic_xdp", "schedule");
    skeleton->rodata->user_string = reinterpret_cast<std::uintptr_t>(user_string);
    REQUIRE(Skeleton::load(skeleton.get()) == 0);
    reader = std::make_unique<log_reader>(*skeleton, [this](const log_record& record) {
      told.push_back({record.level, std::string(record.object), std::string(record.program),
                      std::string(record.file), std::string(record.text), record.line});
    });
    reader->set_filter({});
  }

  /// Runs a program once, and returns the texts that it logs.
  std::vector<std::string> run(const bpf_program* program) {
    char packet[64] = {};
    LIBBPF_OPTS(bpf_test_run_opts, options);
    if (bpf_program__type(program) == BPF_PROG_TYPE_SCHED_CLS) {
      options.data_in = packet;
      options.data_size_in = sizeof(packet);
    }
    REQUIRE(bpf_prog_test_run_opts(bpf_program__fd(program), &options) == 0);
    told.clear();
    reader->consume();
    std::vector<std::string> texts;
    for (const Told& each : told) texts.push_back(each.text);
    return texts;
  }

  static unsigned long long address_of(const std::string& first, const std::string& second) {
    std::ifstream symbols("/proc/kallsyms");
    std::string address, type, name;
    while (symbols >> address >> type >> name) {
      if (name == first || name == second) {
        symbol = name;
        return std::stoull(address, nullptr, 16);
      }
      symbols.ignore(4096, '\n');
    }
    return 0;
  }

  static inline std::string symbol;
  static inline const char user_string[] = "in user space";
  std::unique_ptr<Skeleton, decltype(&Skeleton::destroy)> skeleton;
  std::vector<Told> told;
  std::unique_ptr<log_reader> reader;
};

using Texts = std::vector<std::string>;

}  // namespace

TEMPLATE_TEST_CASE("every level comes with its place", "[levels]", log_formats_bpf, log_formats_whole_bpf) {
  Logging<TestType> log;
  CHECK(log.run(log.skeleton->progs.levels) ==
        Texts{"an error", "a warning", "information of 64 bytes", "debugging", "a trace"});
  const std::vector<log_level> levels = {log_level::error, log_level::warn, log_level::info, log_level::debug,
                                         log_level::trace};
  for (std::size_t i = 0; i < levels.size(); ++i) {
    CHECK(log.told[i].level == levels[i]);
    CHECK(log.told[i].program == "levels");
    CHECK_THAT(log.told[i].file, bpfbuild::test::contains("formats.bpf.c"));
    CHECK(log.told[i].line == log.told[0].line + i);
  }
}

TEST_CASE("the level is decided before loading", "[levels]") {
  const auto level = GENERATE(log_level::off, log_level::error, log_level::warn, log_level::info,
                              log_level::debug, log_level::trace);
  Logging<log_formats_bpf> log(level);
  CHECK(log.run(log.skeleton->progs.levels).size() == static_cast<std::size_t>(level));
}

TEMPLATE_TEST_CASE("numbers", "[formats]", log_formats_bpf, log_formats_whole_bpf) {
  Logging<TestType> log;
  CHECK(log.run(log.skeleton->progs.numbers) ==
        Texts{"-1 -2 4000000000 abc ABC 10 c %", "-3 3 fffffffff -4 9223372036854775808 ffffffffffffffff",
              "-5 250 -5 250", "[   42] [42   ] [00042] [+42] [0x2a] [     abc]",
              "1 2 3 4 5 6 7 8 9 10 11 12", "none"});
}

TEMPLATE_TEST_CASE("pointers", "[formats]", log_formats_bpf, log_formats_whole_bpf) {
  Logging<TestType> log;
  CHECK(log.run(log.skeleton->progs.pointers) == Texts{"192.168.0.1 00:1b:21:ab:cd:ef ef:cd:ab:21:1b:00",
                                                       "2001:0db8:0000:0000:0000:0000:0000:0001 2001:db8::1",
                                                       "sixteen bytes ok|from a map|from a map|literal|long",
                                                       "0x1234 0x1234",
                                                       log.symbol + " " + log.symbol + "+0x1", "(fault)"});
  CHECK(log.run(log.skeleton->progs.user_strings) == Texts{"in user space, (fault)"});
}

TEMPLATE_TEST_CASE("sites of several files", "[linking]", log_formats_bpf, log_formats_whole_bpf) {
  Logging<TestType> log;
  CHECK(log.run(log.skeleton->progs.inlined) ==
        Texts{"in a header: 1", "other file: 2", "in a header: 2", "not inlined: 2", "not inlined: 3"});
  CHECK(log.told[0].program == "log_in_header");
  CHECK(log.told[1].program == "other_file");
  CHECK_THAT(log.told[1].file, bpfbuild::test::contains("other.bpf.c"));
}

TEST_CASE("a limited site is quiet after a burst, and says so", "[limit]") {
  Logging<log_formats_bpf> log;
  std::size_t shown = 0;
  std::string last;
  for (int i = 0; i < 25; ++i) {
    for (const std::string& text : log.run(log.skeleton->progs.limited)) {
      shown += text == "limited 64";
      last = text;
    }
  }
  CHECK(shown == 10);
  CHECK(last == "1 record suppressed by the rate limit");
}
