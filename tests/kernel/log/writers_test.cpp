// Many records, lost records, no records, and readers that come later.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <atomic>
#include <bpfbuild/loader.hpp>
#include <bpfbuild/log.hpp>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "../../unit/catch.hpp"
#include "log_formats.skel.h"
#include "log_hooks.skel.h"
#include "log_writers.skel.h"

namespace {

using namespace std::chrono_literals;
using bpfbuild::log_reader;
using bpfbuild::log_record;

constexpr unsigned writers = 8;

/// Has a program log one record.
void write(const bpf_program* program, unsigned writer, unsigned number) {
  char packet[64] = {};
  __sk_buff context = {};
  context.mark = writer << 24 | number;
  LIBBPF_OPTS(bpf_test_run_opts, options);
  options.data_in = packet;
  options.data_size_in = sizeof(packet);
  options.ctx_in = &context;
  options.ctx_size_in = sizeof(context);
  if (bpf_prog_test_run_opts(bpf_program__fd(program), &options) != 0) std::abort();
}

/// Counts what a reader hands over, and that the records of each writer come in their order.
struct Counts {
  std::uint64_t records = 0, lost = 0, out_of_order = 0, odd = 0;
  std::map<unsigned, unsigned> next;

  void operator()(const log_record& record) {
    lost += record.lost;
    if (record.lost > 0) return;
    unsigned writer = 0, number = 0;
    if (std::sscanf(std::string(record.text).c_str(), "writer %u record %u", &writer, &number) != 2) {
      ++odd;
      return;
    }
    ++records;
    out_of_order += number < next[writer];
    next[writer] = number + 1;
  }
};

std::vector<std::thread> start_writers(const bpf_program* program, unsigned each,
                                       const std::atomic<std::uint64_t>& read, unsigned window) {
  static std::atomic<std::uint64_t> written;
  written = 0;
  std::vector<std::thread> threads;
  for (unsigned writer = 0; writer < writers; ++writer) {
    threads.emplace_back([=, &read] {
      for (unsigned number = 0; number < each; ++number) {
        while (written.load() > read.load() + window) std::this_thread::yield();
        ++written;
        write(program, writer, number);
      }
    });
  }
  return threads;
}

bpf_prog_info info_of(const bpf_program* program) {
  bpf_prog_info info{};
  __u32 size = sizeof(info);
  REQUIRE(bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size) == 0);
  return info;
}

}  // namespace

TEST_CASE("of concurrent writers that the reader can follow, nothing is lost", "[writers]") {
  bpfbuild::skeleton<log_writers_bpf> skeleton;
  skeleton.load();
  Counts counts;
  log_reader reader(skeleton, std::ref(counts));
  constexpr unsigned each = 5000;
  std::atomic<std::uint64_t> read = 0;
  std::vector<std::thread> threads = start_writers(skeleton->progs.writer, each, read, 2000);
  const auto deadline = std::chrono::steady_clock::now() + 2min;
  while (counts.records + counts.lost < writers * each && std::chrono::steady_clock::now() < deadline) {
    reader.poll(100ms);
    read = counts.records;
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(counts.records == writers * each);
  CHECK(counts.lost == 0);
  CHECK(counts.odd == 0);
  CHECK(counts.out_of_order == 0);
}

TEST_CASE("what a full buffer loses is counted exactly", "[overflow]") {
  bpfbuild::skeleton<log_writers_bpf> skeleton;
  bpf_map__set_max_entries(skeleton->maps.bpf_log, 16384);
  skeleton.load();
  Counts counts;
  log_reader reader(skeleton, std::ref(counts));
  constexpr unsigned each = 1000;
  for (unsigned round = 1; round <= 2; ++round) {
    const std::atomic<std::uint64_t> read = 0;
    for (std::thread& thread : start_writers(skeleton->progs.writer, each, read, writers * each))
      thread.join();
    reader.consume();
    CHECK(counts.lost > 0);
    CHECK(counts.records + counts.lost == round * writers * each);
    CHECK(reader.lost() == counts.lost);
    counts.next.clear();
  }
}

TEST_CASE("places with the same text lose each their own", "[overflow]") {
  bpfbuild::skeleton<log_formats_bpf> skeleton;
  bpf_map__set_max_entries(skeleton->maps.bpf_log, 4096);
  skeleton.load();
  std::uint64_t told = 0, lost = 0;
  log_reader reader(skeleton, [&](const log_record& record) {
    lost += record.lost;
    told += record.lost == 0;
  });
  for (unsigned run = 1; run <= 200; ++run) {
    write(skeleton->progs.inlined, 0, 0);  // which has five records, two of them from a line in a header
    if (run % 100 != 0) continue;
    reader.consume();
    CHECK(lost > 0);
    CHECK(told + lost == 5 * run);
  }
}

TEST_CASE("losses are told of what would have been shown", "[overflow]") {
  bpfbuild::skeleton<log_formats_bpf> skeleton;
  bpf_map__set_max_entries(skeleton->maps.bpf_log, 4096);
  skeleton.load();
  std::uint64_t told = 0, lost = 0;
  log_reader reader(skeleton, [&](const log_record& record) {
    lost += record.lost;
    told += record.lost == 0;
  });
  reader.set_filter(bpfbuild::log_filter("error"));
  for (unsigned run = 0; run < 200; ++run) write(skeleton->progs.levels, 0, 0);
  reader.consume();
  CHECK(told > 0);
  CHECK(told + lost == 200);    // errors
  CHECK(reader.lost() > lost);  // also of warnings and information
}

TEST_CASE("of calls that are turned off, only the reading of the level is left", "[disabled]") {
  // An address, which takes the room of two instructions, and the reading from there.
  constexpr unsigned reading_the_level = 3 * sizeof(bpf_insn);
  bpfbuild::skeleton<log_writers_bpf> skeleton;
  skeleton.load();
  const unsigned without_calls = info_of(skeleton->progs.silent).xlated_prog_len;
  CHECK(info_of(skeleton->progs.one_disabled).xlated_prog_len == without_calls + reading_the_level);
  // Each further call: nothing, or the level that did not fit into a register and comes from the stack.
  CHECK(info_of(skeleton->progs.five_disabled).xlated_prog_len <=
        without_calls + reading_the_level + 4 * sizeof(bpf_insn));
  CHECK(info_of(skeleton->progs.left_out).xlated_prog_len == without_calls);

  // And it is the level that makes the difference.
  bpfbuild::skeleton<log_writers_bpf> enabled;
  REQUIRE(bpfbuild::set_log_level(enabled->obj, bpfbuild::log_level::trace));
  enabled.load();
  CHECK(info_of(enabled->progs.one_disabled).xlated_prog_len > without_calls + reading_the_level);
}

TEST_CASE("a reader by map id knows the texts of what runs", "[map_id]") {
  bpfbuild::skeleton<log_writers_bpf> skeleton;
  skeleton.load();
  bpf_map_info info{};
  __u32 size = sizeof(info);
  REQUIRE(bpf_obj_get_info_by_fd(bpf_map__fd(skeleton->maps.bpf_log), &info, &size) == 0);
  std::vector<std::string> told;
  log_reader reader(info.id, [&](const log_record& record) {
    told.push_back(std::string(record.program) + ": " + std::string(record.text));
  });
  write(skeleton->progs.writer, 1, 2);
  CHECK(reader.poll(1s) == 1);
  CHECK(told == std::vector<std::string>{"writer: writer 1 record 2"});

  CHECK_THROWS_WITH(log_reader(bpf_map__fd(skeleton->maps.bpf_log) + 1000000),
                    bpfbuild::test::contains("log: cannot open map"));
}

TEST_CASE("a reader gets over records that nobody logged", "[hostile]") {
  bpfbuild::skeleton<log_writers_bpf> skeleton;
  skeleton.load();
  std::vector<std::string> told;
  log_reader reader(skeleton, [&](const log_record& record) { told.emplace_back(record.text); });
  write(skeleton->progs.hostile, 0, 0);
  write(skeleton->progs.writer, 1, 2);
  CHECK(reader.consume() == 3);
  CHECK(told == std::vector<std::string>{"a record of 1 bytes that no place in the source has sent",
                                         "a record of 16 bytes that no place in the source has sent",
                                         "writer 1 record 2"});
}

TEST_CASE("programs of every type that may use ring buffers can log", "[hooks]") {
  std::vector<std::string> names;
  {
    const bpfbuild::skeleton<log_hooks_bpf> skeleton;
    bpf_program* program = nullptr;
    bpf_object__for_each_program(program, skeleton->obj) names.emplace_back(bpf_program__name(program));
  }
  CHECK(names.size() == 31);
  std::size_t loaded = 0;
  for (const std::string& name : names) {
    bpfbuild::skeleton<log_hooks_bpf> skeleton;
    bpf_program* program = nullptr;
    bpf_object__for_each_program(program, skeleton->obj)
        bpf_program__set_autoload(program, name == bpf_program__name(program));
    try {
      skeleton.load();
      ++loaded;
    } catch (const bpfbuild::load_error& error) {
      // The kernel may lack programs of a type, and refuses them before it looks at them.
      CHECK_THAT(error.what(), !bpfbuild::test::contains("refused by the verifier"));
      WARN("not loaded: " << error.what());
    }
  }
  CHECK(loaded >= 24);
}
