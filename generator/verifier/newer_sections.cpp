#include "verifier/newer_sections.hpp"

#include <bpf/libbpf.h>

#include <string_view>

namespace bpfbuild::verifier {

namespace {

/// By number, since headers of that age have no names for them either.
struct Section {
  std::string_view name;
  int program_type, attach_type;
};

constexpr int kprobe = BPF_PROG_TYPE_KPROBE, classifier = BPF_PROG_TYPE_SCHED_CLS, netfilter = 32;

/// What libbpf has got after 1.1, in the order of its versions.
constexpr Section sections[] = {
    {"netfilter", netfilter, 45},      {"tcx/ingress", classifier, 46},    {"tcx/egress", classifier, 47},
    {"uprobe.multi", kprobe, 48},      {"uprobe.multi.s", kprobe, 48},     {"uretprobe.multi", kprobe, 48},
    {"uretprobe.multi.s", kprobe, 48}, {"netkit/primary", classifier, 54}, {"netkit/peer", classifier, 55},
};

}  // namespace

void set_type_of_newer_section(bpf_program* program) {
  if (bpf_program__type(program) != BPF_PROG_TYPE_UNSPEC) return;
  const std::string_view name = bpf_program__section_name(program);
  for (const Section& section : sections) {
    // What stands behind the name of a section for probes is where they attach.
    const bool takes_place = section.program_type == kprobe && name.size() > section.name.size() &&
                             name.starts_with(section.name) && name[section.name.size()] == '/';
    if (name != section.name && !takes_place) continue;
    bpf_program__set_type(program, static_cast<bpf_prog_type>(section.program_type));
    bpf_program__set_expected_attach_type(program, static_cast<bpf_attach_type>(section.attach_type));
  }
}

}  // namespace bpfbuild::verifier
