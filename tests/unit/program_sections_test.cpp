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
  CHECK(suggest_program_section("something_else").empty());
}
