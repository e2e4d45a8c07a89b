// Each known cause of failure is provoked on the running kernel, and told with what to do about it.
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bpfbuild/loader.hpp>
#include <fstream>
#include <functional>
#include <optional>
#include <regex>
#include <string>
#include <type_traits>
#include <utility>

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "../../unit/catch.hpp"
#include "attach.skel.h"
#include "kfunc.skel.h"
#include "load_causes.hpp"
#include "load_error.hpp"
#include "map_type.skel.h"
#include "refused.skel.h"
#include "source_lines.hpp"
#include "unlicensed.skel.h"
#include "unset_sizes.skel.h"

namespace {

using bpfbuild::load_error;
using bpfbuild::skeleton;
using bpfbuild::test::contains;

/// Has only one of the programs loaded.
template <typename Skeleton>
void select(skeleton<Skeleton>& object, const std::string& name) {
  bpf_program* program = nullptr;
  bpf_object__for_each_program(program, object->obj)
      bpf_program__set_autoload(program, name == bpf_program__name(program));
}

/// The error of a step that is to fail.
template <typename Step>
load_error error_of(Step step) {
  try {
    step();
  } catch (const load_error& error) {
    return error;
  }
  throw std::runtime_error("nothing failed");
}

load_error refusal_of(const std::string& program) {
  skeleton<refused_bpf> object;
  select(object, program);
  return error_of([&] { object.load(); });
}

/// The running kernel is older than this one.
bool is_older_than(unsigned major, unsigned minor) {
  const bpfbuild::Machine machine = bpfbuild::this_machine();
  return machine.kernel_major < major || (machine.kernel_major == major && machine.kernel_minor < minor);
}

/// What a child process gets as an error, and none if all goes well: it can give up rights.
std::string in_child(const std::function<void()>& action) {
  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    std::string text;
    try {
      action();
    } catch (const std::exception& error) {
      text = error.what();
    }
    const ssize_t length = ::write(pipe_ends[1], text.data(), text.size());
    _exit(length < 0);
  }
  close(pipe_ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t length; (length = ::read(pipe_ends[0], buffer, sizeof(buffer))) > 0;)
    text.append(buffer, static_cast<std::size_t>(length));
  close(pipe_ends[0]);
  waitpid(child, nullptr, 0);
  return text;
}

void load_accepted() {
  skeleton<refused_bpf> object;
  select(object, "accepted");
  object.load();
}

/// Keeps only these capabilities.
void keep_capabilities(std::uint64_t kept) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {};
  for (unsigned i = 0; i < 2; ++i)
    data[i].effective = data[i].permitted = static_cast<__u32>(kept >> (32 * i));
  if (syscall(SYS_capset, &header, data) != 0) throw std::runtime_error("cannot give up capabilities");
}

/// Has bpf() fail for this process, as containers do.
void forbid_bpf() {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_bpf, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{4, filter};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
    throw std::runtime_error("cannot filter calls");
}

}  // namespace

TEST_CASE("what the verifier refuses is told with its line and with what to do", "[verifier]") {
  struct Case {
    std::string program, source, registers, hint;
  };
  const Case each = GENERATE(values<Case>({
      {"null_check", "return *count;", "R0=map_value_or_null", "the pointer may be null here: check it"},
      {"out_of_bounds", "return table[skb->len];", "R2=map_value", "the index has no upper bound here"},
      {"packet_bounds", "return *(unsigned char*)(long)skb->data;", "R1=pkt",
       "compare with the end of the packet"},
      {"unbounded_loop", "", "", "the verifier must see the loop end"},
      {"endless_loop", "for (;;) asm volatile(\"\");", "", "the verifier must see the loop end"},
      {"stack", "", "", "512 bytes of stack in total"},
      {"stack_offset", "asm volatile(\"r1 = 0;", "", "the stack has 512 bytes"},
      {"unknown_helper", "return no_such_helper();", "", "this kernel has no such helper"},
      {"wrong_helper", "bpf_override_return", "", "this helper; `bpftool feature probe` lists those"},
      {"core_field", "", "", "this kernel has no 'struct task_struct.no_such_field'"},
      {"kernel_pointer", "return *task;", "R0=", "read through it with BPF_CORE_READ()"},
      {"uninitialised", "asm volatile(\"%0 = r7\"", "", "initialise it"},
      {"wrong_map", "bpf_ringbuf_reserve", "", "another type of map"},
  }));
  const load_error error = refusal_of(each.program);
  INFO(error.what());
  CHECK_THAT(error.what(), Catch::Matchers::StartsWith("refused: program '" + each.program +
                                                       "' was refused by the verifier: "));
  CHECK(error.parts().program == each.program);
  CHECK_THAT(error.parts().source, contains(each.source));
  // Before that the verifier tells of registers only on request.
  if (!is_older_than(5, 17)) CHECK_THAT(error.parts().registers, contains(each.registers));
  CHECK_THAT(error.parts().hint, contains(each.hint));
  CHECK_THAT(error.what(), contains("\n  hint: " + error.parts().hint));
  CHECK_THAT(error.full_log(), contains("BEGIN PROG LOAD LOG"));
  CHECK(error.error() > 0);
}

TEST_CASE("code with 32-bit instructions is known", "[verifier]") {
  const auto is_told = contains("; or try code without 32-bit instructions");
  CHECK_THAT(refusal_of("out_of_32_bits").parts().hint, is_told);
  CHECK_THAT(refusal_of("out_of_bounds").parts().hint, !is_told);
  CHECK_THAT(refusal_of("packet_bounds").parts().hint, !is_told);
}

TEST_CASE("the line is that of the object's line information", "[verifier]") {
  CHECK_THAT(refusal_of("null_check").parts().source,
             Catch::Matchers::Matches("refused\\.bpf\\.c:[0-9]+: return \\*count;"));
}

TEST_CASE("a line is found for kernels that do not tell it", "[verifier]") {
  const std::string program =
      GENERATE("null_check", "out_of_bounds", "packet_bounds", "endless_loop", "stack_offset",
               "refused_in_function", "kernel_pointer", "uninitialised", "wrong_map");
  const load_error error = refusal_of(program);
  const std::string source = error.parts().source;
  CHECK_THAT(source, contains("refused.bpf.c:"));
  const std::string told =
      std::regex_replace(error.full_log(), std::regex(" @ refused\\.bpf\\.c:[0-9]+"), "");
  skeleton<refused_bpf> object;
  const bpf_object_skeleton& file = *object->skeleton;
  CHECK(bpfbuild::explain("refused", "load", error.error(), told, {},
                          {static_cast<const char*>(file.data), file.data_sz})
            .source == source);
}

TEST_CASE("a line is not found in an object that is cut off", "[verifier]") {
  skeleton<refused_bpf> object;
  const std::string_view file(static_cast<const char*>(object->skeleton->data), object->skeleton->data_sz);
  CHECK(bpfbuild::find_source_line(file, "null_check", 7, "return *count;") != "");
  CHECK(bpfbuild::find_source_line(file, "null_check", 7, "a line that there is none of") == "");
  // It ends with the section headers, without which there is nothing to find.
  for (std::size_t size = 0; size < file.size(); size += 61)
    CHECK(bpfbuild::find_source_line(file.substr(0, size), "null_check", 7, "return *count;") == "");
}

TEST_CASE("a missing license", "[objects]") {
  skeleton<unlicensed_bpf> object;
  const load_error error = error_of([&] { object.load(); });
  CHECK_THAT(error.what(),
             contains("unlicensed: program 'unlicensed' was refused by the verifier: cannot call GPL"));
  CHECK_THAT(error.parts().hint, contains("char LICENSE[] SEC(\"license\") = \"GPL\""));
}

TEST_CASE("a type of map that this kernel does not know", "[objects]") {
  skeleton<map_type_bpf> object;
  const load_error error = error_of([&] { object.load(); });
  CHECK_THAT(error.what(), contains("map_type: cannot load"));
  CHECK_THAT(error.what(), contains("map 'unknown': failed to create"));
  CHECK_THAT(error.parts().hint, contains("this kernel does not know the type of this map"));
}

TEST_CASE("maps whose sizes nobody has set", "[objects]") {
  struct Case {
    std::string map, size;
  };
  const Case each = GENERATE(values<Case>({
      {"counts", "max_entries"},
      {"stacks", "value_size"},
      {"events", "max_entries"},
  }));
  skeleton<unset_sizes_bpf> object;
  if (each.map != "counts") REQUIRE(bpf_map__set_max_entries(object->maps.counts, 1) == 0);
  if (each.map != "stacks") REQUIRE(bpf_map__set_value_size(object->maps.stacks, 64) == 0);
  if (each.map != "events") REQUIRE(bpf_map__set_max_entries(object->maps.events, 1) == 0);
  const load_error error = error_of([&] { object.load(); });
  CHECK_THAT(error.what(), contains("map '" + each.map + "': failed to create"));
  CHECK_THAT(error.parts().hint, contains("the " + each.size + " of map '" + each.map +
                                          "' is 0: set it before loading, by bpf_map__set_" + each.size +
                                          "(), or in the program, by __uint(" + each.size + ", N)"));
}

TEST_CASE("a type of program that this kernel does not know", "[objects]") {
  skeleton<refused_bpf> object;
  select(object, "accepted");
  bpf_program__set_type(object->progs.accepted, static_cast<bpf_prog_type>(999));
  const load_error error = error_of([&] { object.load(); });
  CHECK_THAT(error.what(), contains("refused: cannot load program 'accepted': Invalid argument"));
  CHECK_THAT(error.parts().hint, contains("this kernel does not know this type of program"));
}

TEST_CASE("a kfunc that this kernel does not have", "[objects]") {
  skeleton<kfunc_bpf> object;
  const load_error error = error_of([&] { object.load(); });
  CHECK_THAT(error.what(), contains("'no_such_kfunc'"));
  CHECK_THAT(error.parts().hint, contains("this kernel does not have what is declared __ksym"));
}

TEST_CASE("nothing to attach to", "[attach]") {
  skeleton<attach_bpf> object;
  SECTION("a tracepoint") {
    select(object, "tracepoint");
    object.load();
    const load_error error = error_of([&] { object.attach(); });
    CHECK_THAT(error.what(),
               contains("attach: cannot attach program 'tracepoint': No such file or directory"));
    CHECK_THAT(error.parts().hint, contains("this kernel has no such tracepoint"));
  }
  SECTION("a function to probe") {
    select(object, "kprobe");
    object.load();
    const load_error error = error_of([&] { object.attach(); });
    CHECK_THAT(error.what(), contains("cannot attach program 'kprobe'"));
    const bool has_kprobes = access("/sys/bus/event_source/devices/kprobe", F_OK) == 0;
    CHECK_THAT(error.parts().hint, contains(has_kprobes ? "cannot be traced" : "this kernel has no kprobes"));
  }
  SECTION("a tracepoint without tracefs") {
    select(object, "raw_tracepoint");
    object.load();
    const load_error error = error_of([&] { object.attach(); });
    CHECK_THAT(error.what(), contains("cannot attach program 'raw_tracepoint'"));
    CHECK_THAT(error.parts().hint, contains("this kernel has no such tracepoint"));
  }
  SECTION("a function of user space") {
    const std::string name = GENERATE("uprobe_of_no_binary", "uprobe_of_no_function");
    select(object, name);
    object.load();
    const load_error error = error_of([&] { object.attach(); });
    CHECK_THAT(error.what(), contains("cannot attach program '" + name + "'"));
    CHECK_THAT(error.parts().hint, contains("check the path of the binary, and the name of the function"));
  }
  SECTION("a function to trace") {
    select(object, "fentry");
    const load_error error = error_of([&] { object.load(); });
    CHECK_THAT(error.what(), contains("cannot load program 'fentry'"));
    CHECK_THAT(error.parts().hint, contains("this kernel has no such function"));
  }
}

TEST_CASE("rights that are missing", "[machine]") {
  CHECK(in_child(load_accepted).empty());
  CHECK_THAT(in_child([] {
               if (setuid(12345) != 0) throw std::runtime_error("cannot become another user");
               load_accepted();
             }),
             contains("hint: it needs root: run it with sudo"));
  CHECK_THAT(in_child([] {
               keep_capabilities(1ULL << CAP_BPF);
               load_accepted();
             }),
             contains("hint: this process has not CAP_PERFMON, CAP_NET_ADMIN: CAP_BPF is for all programs"));
  const std::string in_namespace = in_child([] {
    if (unshare(CLONE_NEWUSER) != 0) throw std::runtime_error("cannot make a user namespace");
    std::ofstream("/proc/self/uid_map") << "0 0 1";
    load_accepted();
  });
  if (in_namespace == "cannot make a user namespace")
    WARN(in_namespace << ", as in a chroot");
  else
    CHECK_THAT(in_namespace, contains("hint: this process is root in a user namespace only"));
  CHECK_THAT(in_child([] {
               forbid_bpf();
               load_accepted();
             }),
             contains("hint: this process has all rights, but something forbids it: the seccomp filter"));
}

TEST_CASE("what the machine lacks", "[machine]") {
  CHECK_THAT(in_child([] {
               if (unshare(CLONE_NEWNS) != 0 ||
                   mount("none", "/sys", nullptr, MS_REC | MS_SLAVE, nullptr) != 0 ||
                   mount("none", "/sys/kernel/btf", "tmpfs", 0, nullptr) != 0)
                 throw std::runtime_error("cannot hide the kernel's BTF");
               skeleton<refused_bpf> object;
               select(object, "core_field");
               object.load();
             }),
             contains("hint: this kernel has no BTF (/sys/kernel/btf/vmlinux)"));
  CHECK_THAT(
      in_child([] {
        skeleton<attach_bpf> object;
        select(object, "tracepoint");
        object.load();
        if (unshare(CLONE_NEWNS) != 0 || mount("none", "/sys", nullptr, MS_REC | MS_SLAVE, nullptr) != 0)
          throw std::runtime_error("cannot make a namespace");
        umount2("/sys/kernel/tracing", MNT_DETACH);
        umount2("/sys/kernel/debug", MNT_DETACH);
        mount("none", "/sys/kernel/debug", "tmpfs", 0, nullptr);
        object.attach();
      }),
      contains("hint: tracefs is not mounted: mount -t tracefs tracefs /sys/kernel/tracing"));
}

// Kernels before Linux 5.11 only.
TEST_CASE("a limit of locked memory that this process cannot raise", "[.][memlock]") {
  REQUIRE(is_older_than(5, 11));
  CHECK_THAT(
      in_child([] {
        const rlimit limit{8192, 8192};
        if (setrlimit(RLIMIT_MEMLOCK, &limit) != 0) throw std::runtime_error("cannot set the limit");
        keep_capabilities(~(1ULL << CAP_SYS_RESOURCE | 1ULL << CAP_IPC_LOCK));
        load_accepted();
      }),
      contains("hint: this kernel counts maps as locked memory, of which this process may have 8 KiB"));
}

// Kernels that were booted with lockdown=confidentiality only.
TEST_CASE("a kernel that is locked down", "[.][lockdown]") {
  REQUIRE(bpfbuild::this_machine().lockdown == "confidentiality");
  const auto is_told = contains("the kernel is locked down (confidentiality");
  CHECK_THAT(refusal_of("reads_kernel").parts().hint, is_told);
  skeleton<attach_bpf> object;
  bpf_program__set_autoload(object->progs.fentry, false);
  object.load();
  CHECK_THAT(error_of([&] { object.attach(); }).parts().hint, is_told);  // the tracepoint
  const auto attach_probe = [&] {
    return bpf_program__attach_kprobe(object->progs.kprobe, false, "vfs_read") ? 0 : -errno;
  };
  CHECK_THAT(error_of([&] { bpfbuild::detail::run_step("attach", object->obj, attach_probe); }).parts().hint,
             is_told);
}

TEST_CASE("a skeleton moves, and destroys itself", "[skeleton]") {
  STATIC_REQUIRE(!std::is_copy_constructible_v<skeleton<refused_bpf>>);
  skeleton<refused_bpf> first;
  select(first, "accepted");
  refused_bpf* const inner = first.get();
  skeleton<refused_bpf> second(std::move(first));
  CHECK(second.get() == inner);
  first = skeleton<refused_bpf>();
  CHECK(first->obj != second->obj);
  second.load();
  const int descriptor = bpf_program__fd(second->progs.accepted);
  CHECK(descriptor >= 0);
  const auto statistics = bpfbuild::verifier_statistics(second->obj);
  REQUIRE(statistics.size() == 1);
  CHECK(statistics[0].program == "accepted");
  CHECK(statistics[0].loaded_instructions > 0);
  std::optional<skeleton<refused_bpf>> third(std::move(second));
  third.reset();
  CHECK(fcntl(descriptor, F_GETFD) == -1);
}

TEST_CASE("libbpf's messages go where they did before", "[skeleton]") {
  static std::string said;
  const libbpf_print_fn_t before =
      libbpf_set_print([](libbpf_print_level, const char* format, va_list arguments) {
        char text[1024];
        vsnprintf(text, sizeof(text), format, arguments);
        said += text;
        return 0;
      });
  refusal_of("null_check");
  CHECK(said.empty());
  CHECK(bpf_object__open_file("/no/such/object", nullptr) == nullptr);
  CHECK_THAT(said, contains("/no/such/object"));
  libbpf_set_print(before);
}
