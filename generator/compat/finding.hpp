/// What an object wants of a kernel, and whether it gets it.
#pragma once

#include <string>
#include <string_view>

namespace bpfbuild::compat {

enum class Subject { relocation, attach_point, kfunc, variable, helper, map_type, struct_ops };

std::string_view name_of(Subject subject);

enum class Status {
  resolved,
  guarded,   // the kernel has it not, and nothing that the verifier comes to needs it
  optional,  // only programs need it that are not loaded by themselves: SEC("?...")
  missing,   // the object does not load
};

std::string_view name_of(Status status);

struct Finding {
  Subject subject;
  std::string name;      // "struct task_struct.tgid"
  std::string question;  // of a relocation: "byte offset"
  std::string function;  // the program or function that wants it; empty when it is the whole object
  std::string place;     // "tracer.bpf.c:12"; empty when unknown
  Status status;
  std::string reason;  // why it is not there; empty when it is

  bool operator==(const Finding&) const = default;
};

}  // namespace bpfbuild::compat
