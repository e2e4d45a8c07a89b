/// Telling types of one name apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "btf/type_table.hpp"

namespace bpfbuild::select {

/// Whether `mark` fits the type: the name of one of its fields, those of unnamed members too, or of its
/// enumerators; or its size in bytes.
bool has_mark(const btf::TypeTable& types, btf::TypeId id, std::string_view mark);

/// A mark that fits only this one of the types: a field or enumerator where there is one, else the size;
/// empty where nothing of that tells it from the others.
std::string mark_of(const btf::TypeTable& types, btf::TypeId id, const std::vector<btf::TypeId>& all);

}  // namespace bpfbuild::select
