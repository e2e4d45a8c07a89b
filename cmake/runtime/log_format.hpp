/// A record's arguments into the format of its site.
#pragma once

#include <string>
#include <string_view>

namespace bpfbuild {

/// Formats a record as printk would, after <bpfbuild/log.bpf.h>. `record` is all of it. It may hold anything:
/// what it says of its own parts is checked, and what cannot be true comes out as "(damaged)", what the
/// kernel could not read as "(fault)". One newline at the end of the format is left out.
std::string format_log_record(std::string_view format, std::string_view record);

/// The kernel symbol at an address, "NAME" or "NAME+0x10"; its number where /proc/kallsyms does not tell it.
std::string kernel_symbol(unsigned long long address, bool with_offset);

}  // namespace bpfbuild
