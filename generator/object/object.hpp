/// BPF objects: what a linked file has for the loader.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "btf/type_table.hpp"
#include "support/file.hpp"

namespace bpfbuild::object {

struct Section {
  std::string name;
  bool is_code;
  std::vector<std::byte> bytes = {};  // of what is loaded; none for what begins as zeros
};

struct Symbol {
  std::string name;
  std::size_t section;   // 0 when it is defined elsewhere
  std::uint64_t offset;  // in the section
  bool is_function;
  bool is_global;
  bool is_weak = false;
  bool is_hidden = false;  // from other objects, which to the verifier makes a global function a static one
  std::uint64_t size = 0;
};

/// A place in the code that needs the value of a symbol.
struct Reference {
  std::size_t symbol;
  std::size_t section;
  std::uint64_t offset;
};

/// An object in memory, with its types.
struct Object {
  std::vector<Section> sections;  // by the index that ELF gives them
  std::vector<Symbol> symbols;
  std::vector<Reference> references;
  btf::TypeTable types;
  Bytes btf_ext;                    // the section .BTF.ext; empty without one
  bool foreign_byte_order = false;  // other than this machine's
};

/// Reads an object. Throws Error "PATH: WHAT".
Object read(const std::filesystem::path& path);

}  // namespace bpfbuild::object
