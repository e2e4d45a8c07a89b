#include "object/program_sections.hpp"

#include "catch.hpp"

using namespace bpfbuild::object;

TEST_CASE("sections are known by their whole name, or by their start where an end may follow",
          "[program_sections]") {
  for (const auto* name :
       {"xdp", "?xdp", "kprobe", "kprobe/do_exit", "fentry.s/vfs_read", "cgroup/connect4", "struct_ops/init",
        "tracepoint/syscalls/sys_enter_execve", "usdt/./a.out:b:c", "xdp.frags/devmap"}) {
    CAPTURE(name);
    CHECK(is_program_section(name));
    CHECK(flaw_of_program_section(name).empty());
  }
  for (const auto* name :
       {"", "xdp/", "xdp_drop", "kprobes/do_exit", "cgroup/connect", "tracepont/a/b", "TC"}) {
    CAPTURE(name);
    CHECK_FALSE(is_program_section(name));
  }
}

TEST_CASE("a tracepoint is named with its category", "[program_sections]") {
  CHECK(flaw_of_program_section("tp/sys_enter_execve") ==
        "expected tracepoint/<category>/<name>, as in tracepoint/syscalls/sys_enter_execve");
  CHECK(flaw_of_program_section("?tracepoint/a/b/c") ==
        "expected tracepoint/<category>/<name>, as in tracepoint/syscalls/sys_enter_execve");
}

TEST_CASE("a mistyped section is told the nearest known ones, with its own end", "[program_sections]") {
  CHECK(suggest_program_section("tracepont/sched/sched_switch") ==
        "did you mean 'tracepoint/sched/sched_switch'?");
  CHECK(suggest_program_section("?kporbe/do_exit") == "did you mean '?kprobe/do_exit'?");
  CHECK(suggest_program_section("cgroup/conect4") == "did you mean 'cgroup/connect4'?");
  CHECK(suggest_program_section("sk_skb/stream_verdct") ==
        "did you mean 'sk_skb' or 'sk_skb/stream_verdict'?");
  CHECK(suggest_program_section(".xdp") == "did you mean 'xdp'?");
  CHECK(suggest_program_section("something_else").empty());
  CHECK(suggest_program_section("something/do_exit").empty());
}

TEST_CASE("a section that takes no end is the first to be suggested without it", "[program_sections]") {
  CHECK(suggest_program_section("xdp/lo") == "did you mean 'xdp'?");
  CHECK(suggest_program_section("?xdp/lo") == "did you mean '?xdp'?");
  CHECK(suggest_program_section("perf_event/type=0,config=3") == "did you mean 'perf_event'?");
  CHECK(suggest_program_section("socket/filter") == "did you mean 'socket'?");
  CHECK(suggest_program_section("classifier/ingress") == "did you mean 'classifier'?");
  CHECK(suggest_program_section("lwt_xmit/x") == "did you mean 'lwt_xmit'?");
  CHECK(suggest_program_section("cgroup/sock_create/x") == "did you mean 'cgroup/sock_create'?");
  CHECK(suggest_program_section("tc/sched/sched_switch") == "did you mean 'tc' or 'tp/sched/sched_switch'?");
  CHECK(suggest_program_section("xdp/") == "did you mean 'xdp'?");
  CHECK(suggest_program_section("/").empty());
}
