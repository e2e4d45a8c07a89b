/* @DESCRIPTION@. */
#include "kernel_types.h"

#include <bpf/bpf_helpers.h>
#include <bpfbuild/log.bpf.h>

#include "settings.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

const volatile struct settings settings;

/* Runs when user space calls it, with memory of user space as its argument. */
SEC("syscall")
int find_function(struct found* found) {
  char name[sizeof(settings.function)];
  __u64 address = 0;
  for (int i = 0; i < (int)sizeof(name); ++i) name[i] = settings.function[i];
  const long result = bpf_kallsyms_lookup_name(name, sizeof(name), 0, &address);
  if (result == 0) bpf_info("'%s' is at 0x%llx", name, address);
  found->address = address;
  return (int)result;
}
