#include "btf/image.hpp"

#include <libelf.h>
#include <string.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "btf/parser.hpp"
#include "support/compression.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::btf {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view starts_of_btf[] = {"\x9f\xeb\x01\0"sv, "\xeb\x9f\x01\0"sv};  // in each byte order

bool begins_with(const Bytes& bytes, std::string_view start) {
  return bytes.view.size() >= start.size() && std::memcmp(bytes.view.data(), start.data(), start.size()) == 0;
}

Error too_many_parts() { return Error("has too many parts that look like BTF or compressed data"); }

void spend_attempt(Work& work) {
  if (work.attempts-- <= 0) throw too_many_parts();
}

/// All that begins as BTF does and ends within the image, the largest first.
std::vector<Bytes> candidates(const Bytes& image) {
  constexpr std::size_t most = 4096;
  std::vector<Bytes> found;
  if (image.view.empty()) return found;
  for (const std::string_view start : starts_of_btf) {
    std::span<const std::byte> rest = image.view;
    while (const void* const at = ::memmem(rest.data(), rest.size(), start.data(), start.size())) {
      rest = rest.subspan(static_cast<std::size_t>(static_cast<const std::byte*>(at) - rest.data()));
      if (const auto size = size_of_btf(rest)) found.push_back({rest.first(*size), image.owner});
      if (found.size() > most) throw too_many_parts();
      rest = rest.subspan(1);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Bytes& a, const Bytes& b) { return a.view.size() > b.view.size(); });
  return found;
}

/// A kernel has tasks; the BPF programs that some kernels carry along have BTF as well.
bool is_of_kernel(const TypeTable& types) { return !types.find("task_struct").empty(); }

std::optional<Contents> find_in_the_open(const Bytes& image, Work& work) {
  std::optional<Error> reason;
  for (const Bytes& candidate : candidates(image)) {
    spend_attempt(work);
    try {
      if (is_of_kernel(parse(candidate)))
        return Contents{candidate, kernel_release_in(image.view), {}, false};
    } catch (const Error& error) {
      const auto offset = candidate.view.data() - image.view.data();
      if (!reason) reason = error.at(format("BTF at 0x{:x}", offset));
    }
  }
  if (reason) throw *reason;
  return std::nullopt;
}

std::optional<Contents> find_in_compressed_parts(const Bytes& image, Work& work) {
  std::size_t offset = 0;
  while (const auto part = find_compressed(image.view, offset)) {
    spend_attempt(work);
    Bytes contents;
    try {
      contents = decompress(image.view.subspan(part->offset), part->compression, Ending::open, work.bytes);
    } catch (const Error&) {
      if (work.bytes == 0) throw;
      // It only looked like compressed data.
    }
    if (auto found = find_btf(contents, work)) return found;
    offset = part->offset + 1;
  }
  return std::nullopt;
}

std::optional<Contents> find_in_image(const Bytes& image, Work& work) {
  if (auto found = find_in_the_open(image, work)) return found;
  if (auto found = find_in_compressed_parts(image, work)) return found;
  const std::string release = kernel_release_in(image.view);
  if (release.empty()) return std::nullopt;
  throw Error(format("Linux {} without BTF", release), "it was built without CONFIG_DEBUG_INFO_BTF");
}

}  // namespace

Contents read_elf(const ElfFile& elf) {
  Contents contents;
  if (auto section = elf.section(".BTF")) {
    if (elf.section(".BTF.base")) {
      throw Error("was built apart from its kernel, so its BTF has a base of its own (.BTF.base)",
                  "load the module, and read it from /sys/kernel/btf");
    }
    contents.btf = std::move(*section);
  } else if (elf.section(".debug_info")) {
    contents.from_dwarf = true;
  } else {
    throw Error("ELF file without a .BTF section",
                "a BPF object needs clang -g, a kernel CONFIG_DEBUG_INFO_BTF");
  }
  contents.kernel_release = elf.kernel_release();
  return contents;
}

std::optional<Contents> find_btf(const Bytes& file, Work& work) {
  if (begins_with(file, {ELFMAG, SELFMAG})) {
    Contents contents = read_elf(ElfFile(file));
    if (contents.from_dwarf) contents.elf_with_dwarf = file;
    return contents;
  }
  for (const std::string_view start : starts_of_btf) {
    if (begins_with(file, start)) return Contents{file, {}, {}, false};
  }
  if (work.layers == 0) return std::nullopt;
  --work.layers;

  const auto compression = compression_of(file.view);
  auto found = compression ? find_btf(decompress(file.view, *compression, Ending::exact, work.bytes), work)
                           : find_in_image(file, work);
  ++work.layers;
  return found;
}

}  // namespace bpfbuild::btf
