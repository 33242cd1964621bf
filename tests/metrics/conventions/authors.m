% The authors' procedures, written anew from their published MATLAB code and documentation.
% octave authors.m FOLDER NDIM reads x.txt and y.txt, and prints name=value.
pkg load image
args = argv();
x = load([args{1} "/x.txt"]);
y = load([args{1} "/y.txt"]);
if args{2} == "3"
  s = size(x);
  x = permute(reshape(x', 3, s(2) / 3, s(1)), [3 2 1]);
  y = permute(reshape(y', 3, s(2) / 3, s(1)), [3 2 1]);
end

function [value, cs] = similarity(x, y, mean_of, C1, C2)
  mx = mean_of(x); my = mean_of(y);
  vx = mean_of(x .* x) - mx .^ 2; vy = mean_of(y .* y) - my .^ 2;
  cov = mean_of(x .* y) - mx .* my;
  cs_map = (2 * cov + C2) ./ (vx + vy + C2);
  map = (2 * mx .* my + C1) ./ (mx .^ 2 + my .^ 2 + C1) .* cs_map;
  value = mean(map(:)); cs = mean(cs_map(:));
end

function value = ssim_index(x, y)            % ssim_index.m
  w = fspecial("gaussian", 11, 1.5);
  value = similarity(x, y, @(a) filter2(w, a, "valid"), (0.01 * 255) ^ 2, (0.03 * 255) ^ 2);
end

function value = ssim_auto(x, y)             % ssim.m
  f = max(1, round(min(size(x)) / 256));
  if f > 1
    box = ones(f) / f ^ 2;
    x = imfilter(x, box, "symmetric", "same")(1:f:end, 1:f:end);
    y = imfilter(y, box, "symmetric", "same")(1:f:end, 1:f:end);
  end
  value = ssim_index(x, y);
end

function value = mathworks(x, y)             % ssim of the Image Processing Toolbox
  [p, q, r] = ndgrid(-5:5);
  if ndims(x) == 3
    w = exp(-(p .^ 2 + q .^ 2 + r .^ 2) / (2 * 1.5 ^ 2));
    mean_of = @(a) convn(a([ones(1, 5) 1:end end*ones(1, 5)], [ones(1, 5) 1:end end*ones(1, 5)], ...
                           [ones(1, 5) 1:end end*ones(1, 5)]), w / sum(w(:)), "valid");
  else
    mean_of = @(a) imfilter(a, fspecial("gaussian", 11, 1.5), "replicate");
  end
  value = similarity(x, y, mean_of, (0.01 * 255) ^ 2, (0.03 * 255) ^ 2);
end

function [product, weighted] = msssim(x, y)  % msssim.m
  w = fspecial("gaussian", 11, 1.5);
  weight = [0.0448 0.2856 0.3001 0.2363 0.1333];
  for l = 1:5
    [s(l), cs(l)] = similarity(x, y, @(a) filter2(w, a, "valid"), (0.01*255)^2, (0.03*255)^2);
    x = imfilter(x, ones(2) / 4, "symmetric", "same")(1:2:end, 1:2:end);
    y = imfilter(y, ones(2) / 4, "symmetric", "same")(1:2:end, 1:2:end);
  end
  factors = [cs(1:4) s(5)];
  product = prod(max(factors, 0) .^ weight);
  weighted = sum(factors .* weight) / sum(weight);
end

function value = img_qi(x, y)                % img_qi.m, blocks of 8
  box = ones(8); N = 64;
  sx = filter2(box, x, "valid"); sy = filter2(box, y, "valid");
  d1 = N * (filter2(box, x .^ 2, "valid") + filter2(box, y .^ 2, "valid")) - sx .^ 2 - sy .^ 2;
  d2 = sx .^ 2 + sy .^ 2;
  n = 4 * (N * filter2(box, x .* y, "valid") - sx .* sy) .* sx .* sy;
  q = ones(size(n));
  only = d1 == 0 & d2 ~= 0; q(only) = 2 * sx(only) .* sy(only) ./ d2(only);
  both = d1 .* d2 ~= 0; q(both) = n(both) ./ (d1(both) .* d2(both));
  value = mean(q(:));
end

function [value, population] = gmsd(x, y)    % GMSD.m
  dx = [1 0 -1; 1 0 -1; 1 0 -1] / 3;
  for i = {x, y; 1, 2}
    small = conv2(i{1}, ones(2) / 4, "same")(1:2:end, 1:2:end);
    m{i{2}} = sqrt(conv2(small, dx, "same") .^ 2 + conv2(small, dx', "same") .^ 2);
  end
  q = (2 * m{1} .* m{2} + 170) ./ (m{1} .^ 2 + m{2} .^ 2 + 170);
  value = std(q(:)); population = std(q(:), 1);
end

function show(name, values)
  printf("%s=%.17g\n", name, mean(values));
end

of_channels = @(f) arrayfun(@(c) f(x(:, :, c), y(:, :, c)), 1:size(x, 3));
show("ssim_index", of_channels(@ssim_index));
show("ssim", of_channels(@ssim_auto));
show("mathworks", mathworks(x, y));
show("mathworks per channel", of_channels(@mathworks));
show("img_qi", of_channels(@img_qi));
for c = 1:size(x, 3)
  if min(size(x)(1:2)) >= 176
    [product(c), weighted(c)] = msssim(x(:, :, c), y(:, :, c));
  end
  [sample(c), population(c)] = gmsd(x(:, :, c), y(:, :, c));
end
if min(size(x)(1:2)) >= 176
  show("msssim product", product);
  show("msssim wtd_sum", weighted);
end
show("GMSD", sample);
show("GMSD population", population);
