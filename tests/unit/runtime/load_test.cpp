// What is told of failures that the machine at hand may not be able to have: logs of other kernels, other
// machines.
#include <cerrno>
#include <string>

#include "../catch.hpp"
#include "load_causes.hpp"
#include "load_error.hpp"
#include "verifier_log.hpp"

using bpfbuild::explain;
using bpfbuild::find_hint;
using bpfbuild::Machine;
using bpfbuild::read_verifier_log;
using bpfbuild::VerifierLog;
using bpfbuild::test::contains;

namespace {

Machine capable_machine() {
  Machine machine;
  machine.is_root = true;
  machine.capabilities = ~0ULL;
  machine.has_btf = machine.has_tracefs = machine.has_kprobes = true;
  machine.kernel_major = 6;
  return machine;
}

// As Linux 5.10 writes it: registers in lines of their own, 'inv' for scalars, source lines without file and
// number.
constexpr char log_of_5_10[] =
    "; data->buffer[data->end] = index;\n"
    "970: (73) *(u8 *)(r2 +0) = r1\n"
    " R0=inv0 R1_w=inv1 R2_w=map_value(id=0,off=0,ks=4,vs=32768,umax_value=4294967295,var_off=(0x0; 0xff)) "
    "R10=fp0 "
    "fp-8=mmmmmmmm\n"
    "R2 unbounded memory access, make sure to bounds check any such access\n"
    "processed 743 insns (limit 1000000) max_states_per_insn 0 total_states 45 peak_states 45 mark_read 44\n";

// As Linux 6.12 writes it.
constexpr char log_of_6_12[] =
    "0: R1=ctx() R10=fp0\n"
    "; return *count; @ tracer.bpf.c:17\n"
    "6: (85) call bpf_map_lookup_elem#1    ; R0_w=map_value_or_null(id=1,map=counts,ks=4,vs=8)\n"
    "7: (79) r0 = *(u64 *)(r0 +0)\n"
    "R0 invalid mem access 'map_value_or_null'\n"
    "processed 8 insns (limit 1000000) max_states_per_insn 0 total_states 3 peak_states 2 mark_read 1\n";

}  // namespace

TEST_CASE("logs of all kernels are read", "[runtime.load]") {
  const VerifierLog older = read_verifier_log(log_of_5_10);
  CHECK(older.reason == "R2 unbounded memory access, make sure to bounds check any such access");
  CHECK(older.line == "data->buffer[data->end] = index;");
  CHECK(older.place.empty());
  CHECK(older.instruction == "970: (73) *(u8 *)(r2 +0) = r1");
  CHECK(older.registers ==
        "R2=map_value(id=0,off=0,ks=4,vs=32768,umax_value=4294967295,var_off=(0x0; 0xff)) R1=inv1");
  CHECK(older.instructions == 743);
  CHECK(older.states == 45);

  const VerifierLog newer = read_verifier_log(log_of_6_12);
  CHECK(newer.reason == "R0 invalid mem access 'map_value_or_null'");
  CHECK(newer.line == "return *count;");
  CHECK(newer.place == "tracer.bpf.c:17");
  CHECK(newer.registers == "R0=map_value_or_null(id=1,map=counts,ks=4,vs=8)");
  CHECK(newer.peak_states == 2);
}

TEST_CASE("a line without its text has a place", "[runtime.load]") {
  const VerifierLog log = read_verifier_log("0: R1=ctx() R10=fp0\n;  @ tracer.bpf.c:17\n0: (95) exit\nR0 !read_ok\n");
  CHECK(log.line.empty());
  CHECK(log.place == "tracer.bpf.c:17");
}

TEST_CASE("what an accepted program took is read", "[runtime.load]") {
  const VerifierLog log = read_verifier_log(
      "verification time 82 usec\nstack depth 48+16\n"
      "processed 21 insns (limit 1000000) max_states_per_insn 0 total_states 1 peak_states 1 mark_read 1\n");
  CHECK(log.microseconds == 82);
  CHECK(log.stack_depth == "48+16");
  CHECK(log.instructions == 21);
  CHECK(log.reason.empty());
}

TEST_CASE("a log that is cut off, or none, does no harm", "[runtime.load]") {
  CHECK(read_verifier_log("").reason.empty());
  const std::string whole = log_of_6_12;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CHECK(read_verifier_log(whole.substr(0, length)).instructions <= 8);
  }
  CHECK(read_verifier_log("; \n;\n: (\n0: (\nR=\nR99999999999999=x\nprocessed insns\n").instructions == 0);
}

TEST_CASE("an error has what matters, in the order of interest", "[runtime.load]") {
  const std::string log =
      std::string("libbpf: prog 'trace_exec': BPF program load failed: Permission denied\n") +
      "libbpf: prog 'trace_exec': -- BEGIN PROG LOAD LOG --\n" + log_of_6_12 +
      "-- END PROG LOAD LOG --\nlibbpf: failed to load object 'tracer_bpf'\n";
  const bpfbuild::load_error error(explain("tracer", "load", EACCES, log, capable_machine()));
  CHECK(
      std::string(error.what()) ==
      "tracer: program 'trace_exec' was refused by the verifier: R0 invalid mem access 'map_value_or_null'\n"
      "  at tracer.bpf.c:17: return *count;\n"
      "  with R0=map_value_or_null(id=1,map=counts,ks=4,vs=8)\n"
      "  hint: the pointer may be null here: check it right before its use, if (!pointer) return 0;\n"
      "  the last lines of the verifier's log:\n"
      "    0: R1=ctx() R10=fp0\n"
      "    ; return *count; @ tracer.bpf.c:17\n"
      "    6: (85) call bpf_map_lookup_elem#1    ; R0_w=map_value_or_null(id=1,map=counts,ks=4,vs=8)\n"
      "    7: (79) r0 = *(u64 *)(r0 +0)\n"
      "    R0 invalid mem access 'map_value_or_null'");
  CHECK(error.full_log() == log);
  CHECK(error.error() == EACCES);
}

TEST_CASE("an old kernel's limit of locked memory", "[runtime.load]") {
  Machine machine = capable_machine();
  machine.kernel_major = 5;
  machine.kernel_minor = 4;
  machine.locked_memory_limit = 65536;
  const std::string log =
      "libbpf: Error in bpf_object__probe_loading():Operation not permitted(1). Couldn't load trivial BPF "
      "program.\n";
  CHECK_THAT(
      find_hint({"load", EPERM, log, ""}, machine),
      contains("of which this process may have 64 KiB: run it as root, or raise the limit (ulimit -l"));
  machine.kernel_minor = 11;
  CHECK_THAT(find_hint({"load", EPERM, log, ""}, machine), !contains("locked memory"));
}

TEST_CASE("a kernel that is locked down", "[runtime.load]") {
  Machine machine = capable_machine();
  machine.lockdown = "confidentiality";
  CHECK_THAT(find_hint({"load", EPERM, "libbpf: map create: Operation not permitted\n", ""}, machine),
             contains("the kernel is locked down (confidentiality"));
  CHECK_THAT(
      find_hint({"load", EINVAL, "", "program of this type cannot use helper bpf_probe_read#4"}, machine),
      contains("the kernel is locked down"));
  CHECK_THAT(find_hint({"attach", ENOENT, "libbpf: failed to determine tracepoint 'a/b' perf event ID", ""},
                       machine),
             contains("the kernel is locked down"));
  machine.lockdown = "integrity";
  CHECK_THAT(find_hint({"load", EPERM, "libbpf: map create: Operation not permitted\n", ""}, machine),
             !contains("locked down"));
  CHECK_THAT(
      find_hint({"load", EINVAL, "", "unknown func bpf_probe_write_user#36"}, machine),
      contains(
          "the kernel is locked down (integrity, /sys/kernel/security/lockdown), and lets no program write"));
  machine.lockdown = "none";
  CHECK_THAT(
      find_hint({"load", EINVAL, "", "program of this type cannot use helper bpf_probe_read#4"}, machine),
      contains("programs of this type may not call this helper"));
}

TEST_CASE("what forbids all programs, and what forbids one", "[runtime.load]") {
  const auto hint = [](const char* log) { return find_hint({"load", EPERM, log, ""}, capable_machine()); };
  CHECK_THAT(
      hint("libbpf: Error in bpf_object__probe_loading():Operation not permitted(1). Couldn't load trivial "
           "BPF program.\n"),
      contains("the seccomp filter of a container"));
  // libbpf has loaded another by then.
  const std::string of_one = hint("libbpf: prog 'f': BPF program load failed: Operation not permitted\n");
  CHECK_THAT(of_one, contains("this process may load programs, but not this one"));
  CHECK_THAT(of_one, !contains("seccomp"));
}

TEST_CASE("a function that cannot be probed, and a kernel without probes", "[runtime.load]") {
  const std::string log =
      "libbpf: prog 'opened': failed to create kprobe 'vfs_open.isra.0+0x0' perf event: No such file or "
      "directory\n";
  Machine machine = capable_machine();
  CHECK_THAT(find_hint({"attach", ENOENT, log, ""}, machine), contains("available_filter_functions"));
  machine.has_kprobes = false;
  CHECK_THAT(find_hint({"attach", ENOENT, log, ""}, machine), contains("CONFIG_KPROBE_EVENTS"));
}

TEST_CASE("a map without a size is told in all versions of libbpf", "[runtime.load]") {
  for (const char* const log : {"libbpf: map 'counts': failed to create: Invalid argument(-22)\n",
                                "libbpf: map 'counts': failed to create: -EINVAL\n"}) {
    CHECK_THAT(find_hint({"load", EINVAL, log, "", "counts", "max_entries"}, capable_machine()),
               contains("the max_entries of map 'counts' is 0: set it before loading"));
    CHECK_THAT(find_hint({"load", EINVAL, log, "", "counts", ""}, capable_machine()),
               contains("does not know the type of this map"));
  }
}

TEST_CASE("phrases of older and newer libbpf", "[runtime.load]") {
  for (const char* const log :
       {"libbpf: elf: failed to find symbol 'f' in '/bin/true'\n",
        "libbpf: elf: 'f' is 0 in symtab for '/bin/true': should not be 0 in a shared library\n"})
    CHECK_THAT(find_hint({"attach", ENOENT, log, ""}, capable_machine()),
               contains("check the path of the binary"));
}

TEST_CASE("another CPU is told where it may help", "[runtime.load]") {
  const auto hint = [](const char* reason, bool has_32_bit_code) {
    return find_hint({"load", EACCES, "", reason, "", "", has_32_bit_code}, capable_machine());
  };
  const auto is_told = contains("; or try code without 32-bit instructions");
  for (const char* const reason :
       {"math between map_value pointer and register with unbounded min value is not allowed",
        "R2 unbounded memory access, make sure to bounds check any such access",
        "R1 min value is negative, either use unsigned index or do a if (index >=0) check.",
        "invalid access to map value, value_size=4 off=4 size=1; R2 max value is outside of the allowed "
        "memory range",
        "invalid access to packet, off=0 size=1, R1(id=2,off=0,r=0); R1 offset is outside of the packet",
        "BPF program is too large. Processed 1000001 insn"}) {
    CHECK_THAT(hint(reason, true), is_told);
    CHECK_THAT(hint(reason, false), !is_told);
    CHECK(!hint(reason, false).empty());
  }
  for (const char* const reason :
       {"R0 invalid mem access 'map_value_or_null'", "unknown func bpf_override_return#58", "R0 !read_ok",
        // The offset is a constant, so no comparison was lost.
        "invalid access to packet, off=0 size=1, R1(id=0,off=0,r=0); R1 offset is outside of the packet"})
    CHECK_THAT(hint(reason, true), !is_told);
}

TEST_CASE("phrases of older kernels", "[runtime.load]") {
  const auto hint = [](const char* reason) {
    return find_hint({"load", EINVAL, "", reason}, capable_machine());
  };
  CHECK_THAT(hint("unknown func bpf_override_return#58"),
             contains("does not let programs of this type call"));
  CHECK_THAT(hint("cannot call GPL only function from proprietary program"), contains("char LICENSE[]"));
  CHECK_THAT(hint("back-edge from insn 12 to 3"), contains("this kernel accepts no loops"));
  CHECK_THAT(hint("R1 invalid mem access 'inv'"), contains("BPF_CORE_READ()"));
  CHECK_THAT(hint("invalid stack off=-520 size=8"), contains("the stack has 512 bytes"));
  CHECK_THAT(hint("BPF program is too large. Processed 1000001 insn"),
             contains("after a million instructions"));
  CHECK_THAT(hint("invalid indirect read from stack R2 off -16+4 size 16"), contains("initialise it"));
  CHECK(hint("a phrase that nobody knows").empty());
}
