// log_cost: what one message costs the kernel, in nanoseconds by bpf_prog_test_run(): bpf_info(), the same
// record by hand in a ring buffer, bpf_printk(), and a call that is turned off. All are measured in one run,
// taking turns; medians are printed, and ratios without the cost of getting at the message's contents. Needs
// root. The kernel tells of whole nanoseconds only, so it is user space that takes the time.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <bpfbuild/loader.hpp>
#include <bpfbuild/log.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

#include "log_cost.skel.h"

namespace {

constexpr int rounds = 301;
constexpr int calls = 4000;  // in a round; their records fit into the buffers

struct Way {
  const char* name;
  bpf_program* program;
  std::vector<double> times;  // of a call, in nanoseconds

  void run() {
    char packet[64] = {};
    LIBBPF_OPTS(bpf_test_run_opts, options);
    options.data_in = packet;
    options.data_size_in = sizeof(packet);
    options.repeat = calls;
    const auto start = std::chrono::steady_clock::now();
    if (bpf_prog_test_run_opts(bpf_program__fd(program), &options) != 0)
      throw std::runtime_error("cannot run");
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
    times.push_back(time.count() / calls);
  }

  [[nodiscard]] double median() {
    std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
    return times[times.size() / 2];
  }
};

void measure() {
  bpfbuild::skeleton<log_cost_bpf> skeleton;
  bpf_map__set_max_entries(skeleton->maps.bpf_log, 1024 * 1024);
  skeleton.load();
  std::uint64_t read = 0, read_by_hand = 0;
  bpfbuild::log_reader log(skeleton, [&](const bpfbuild::log_record& record) { read += record.lost == 0; });
  const std::unique_ptr<ring_buffer, decltype(&ring_buffer__free)> events(
      ring_buffer__new(
          bpf_map__fd(skeleton->maps.events),
          [](void* count, void*, size_t) { return ++*static_cast<std::uint64_t*>(count), 0; }, &read_by_hand,
          nullptr),
      ring_buffer__free);
  Way nothing{"nothing", skeleton->progs.nothing, {}};
  Way off{"bpf_debug(), turned off", skeleton->progs.turned_off, {}};
  Way logged{"bpf_info()", skeleton->progs.logged, {}};
  Way by_hand{"record by hand", skeleton->progs.by_hand, {}};
  Way printed{"bpf_printk()", skeleton->progs.printed, {}};
  for (int round = 0; round < rounds; ++round) {
    for (Way* way : {&nothing, &off, &logged, &by_hand, &printed}) way->run();
    log.consume();
    ring_buffer__consume(events.get());
  }
  if (read != rounds * calls || read_by_hand != read) throw std::runtime_error("records were lost");
  const double floor = nothing.median();
  for (Way* way : {&nothing, &off, &logged, &by_hand, &printed})
    std::printf("%-26s %6.1f ns, %6.1f ns more than nothing\n", way->name, way->median(),
                way->median() - floor);
  const double cost = logged.median() - floor;
  std::printf("bpf_info(): %.2f times the record by hand; bpf_printk(): %.1f times bpf_info()\n",
              cost / (by_hand.median() - floor), (printed.median() - floor) / cost);
}

}  // namespace

int main() {
  try {
    measure();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "log_cost: %s\n", error.what());
    return 1;
  }
}
