#pragma once
#include "bitpacking.h"
